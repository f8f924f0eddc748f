namespace Copilot.Telemetry.Spans;

/// <summary>OTLP's span kinds, by their numbers on the wire.</summary>
public enum SpanKind : byte
{
    Unspecified = 0,
    Internal = 1,
    Server = 2,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}

/// <summary>OTLP's span status codes, by their numbers on the wire.</summary>
public enum SpanStatus : byte
{
    Unset = 0,
    Ok = 1,
    Error = 2,
}
