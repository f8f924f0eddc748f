namespace Copilot.Telemetry.Records;

/// <summary>Which of the requests, spans, traces or log records count: named terms that TraceQL has no words for, or not one.</summary>
public enum RecordState
{
    Any,

    /// <summary>A failed request (docs/terms.md); spans with status ERROR; traces in which any span has it or any request failed; log
    /// records with severityNumber 17 and more.</summary>
    Failed,

    Succeeded,

    /// <summary>Longer than the mean of the spans of the same service and operation in the window; of traces, their root span, or an entry
    /// span of the services named.</summary>
    Slow,
}
