namespace Copilot.Telemetry.Otlp;

/// <summary>How an OTLP request's body is written.</summary>
public enum OtlpEncoding
{
    Protobuf,
    Json,
}
