using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Samples;

/// <summary>The lean columns of one log record.</summary>
public readonly record struct SampleLog
{
    /// <summary>The severityNumber from which on a record is an error.</summary>
    public const int Error = 17;

    public required long TimeNs { get; init; }

    public required int Service { get; init; }

    /// <summary>OTLP's severityNumber; <see cref="Error"/> and more is an error.</summary>
    public required int Severity { get; init; }

    /// <summary>The message's template, as <see cref="LogTemplate.Of"/> makes it.</summary>
    public required int Template { get; init; }

    /// <summary>The trace's index in the sample, or -1 where the record names none or one that is not in the sample.</summary>
    public int Trace { get; init; } = -1;

    public SpanId Span { get; init; }

    public int Instance { get; init; } = NameTable.None;

    public SampleLog()
    {
    }
}
