namespace Copilot.Ingest.Otlp;

/// <summary>gRPC's status codes, as far as an OTLP receiver uses them.</summary>
internal enum StatusCode
{
    Ok = 0,
    InvalidArgument = 3,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}
