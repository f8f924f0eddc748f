namespace Copilot.Telemetry.Spans;

/// <summary>OTLP's span status codes, by their numbers on the wire.</summary>
public enum SpanStatus : byte
{
    Unset = 0,
    Ok = 1,
    Error = 2,
}
