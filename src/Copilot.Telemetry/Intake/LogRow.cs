using Copilot.Telemetry.Spans;

namespace Copilot.Telemetry.Intake;

/// <summary>One log record; texts and JSON are slices of the batch's arena.</summary>
public struct LogRow
{
    /// <summary>The record's time, else the time it was observed, else the time of receipt.</summary>
    public long TimeNs;

    /// <summary>Empty: the record belongs to no trace (or span).</summary>
    public TraceId TraceId;
    public SpanId SpanId;
    public int Resource;
    public int Scope;

    /// <summary>OTLP's severity number, 1 to 24; 0: not given.</summary>
    public short Severity;
    public int Flags;
    public TextSlice SeverityText;
    public TextSlice EventName;
    public TextSlice Body;

    /// <summary>The body had another shape than a string and is here as JSON.</summary>
    public bool BodyIsJson;
    public TextSlice Attributes;
}
