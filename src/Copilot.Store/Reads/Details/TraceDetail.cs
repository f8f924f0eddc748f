using Copilot.Store.Reads.Changes;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;

namespace Copilot.Store.Reads.Details;

/// <summary>One trace with all that hangs on it.</summary>
/// <param name="Spans">By their start.</param>
/// <param name="Logs">Records that name the trace, oldest first.</param>
/// <param name="Metrics">Of the resources that took part, from a minute before to a minute after.</param>
/// <param name="Changes">To the services that took part, in the half hour before its end, newest first.</param>
public sealed record TraceDetail(
    TraceId TraceId, TimeWindow Extent, IReadOnlyList<SpanDetail> Spans, IReadOnlyList<LogDetail> Logs, IReadOnlyList<MetricReading> Metrics,
    IReadOnlyList<ChangeRecord> Changes);
