using System.Globalization;
using System.Text.Json;
using Copilot.Analysis.Waterfalls;
using Copilot.Store.Reads.Changes;
using Copilot.Store.Reads.Details;
using Copilot.Telemetry.Time;
using Copilot.Web.Traces;

namespace Copilot.Web.Api.Traces;

/// <summary>A trace as the API gives it: spans in tree order, and what hangs on them.</summary>
public sealed record AssembledTrace
{
    public required string TraceId { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required double DurationMs { get; init; }

    public required IReadOnlyList<string> Services { get; init; }

    public required int ErrorSpans { get; init; }

    /// <summary>Spans that name a parent which was not received.</summary>
    public required int MissingParents { get; init; }

    /// <summary>More spans were received than are shown.</summary>
    public required bool Truncated { get; init; }

    public required IReadOnlyList<AssembledSpan> Spans { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Resources { get; init; }

    /// <summary>Records that name the trace but none of its spans.</summary>
    public required IReadOnlyList<AssembledLog> Logs { get; init; }

    public required IReadOnlyList<MetricReading> Metrics { get; init; }

    public required IReadOnlyList<ChangeRecord> Changes { get; init; }

    public static AssembledTrace Of(TraceDetail trace)
    {
        var rows = Waterfall.Arrange([.. trace.Spans.Select(s => new WaterfallSpan(s.SpanId, s.ParentSpanId, s.StartNs, s.DurationNs))]);
        var known = trace.Spans.Select(s => s.SpanId).ToHashSet();
        var logs = trace.Logs.Where(l => l.SpanId is { } id && known.Contains(id)).ToLookup(l => l.SpanId!.Value);
        var critical = TraceCriticalPath.Of(trace);
        return new AssembledTrace
        {
            TraceId = trace.TraceId.ToString(),
            Start = trace.Extent.From,
            DurationMs = (trace.Extent.ToNs - 1 - trace.Extent.FromNs) / 1e6,
            Services = [.. trace.Spans.Select(s => s.Service).Distinct(StringComparer.Ordinal)],
            ErrorSpans = trace.Spans.Count(s => s.Status == Telemetry.Spans.SpanStatus.Error),
            MissingParents = rows.Count(r => r.ParentMissing),
            Truncated = trace.Spans.Count == TraceDetailReads.MostSpans,
            Spans = [.. rows.Select(r => Span(trace, r, critical[r.Index].Sum(step => step.SelfMs), [.. logs[trace.Spans[r.Index].SpanId].Select(AssembledLog.Of)]))],
            Resources = trace.Spans.DistinctBy(s => s.ResourceId).ToDictionary(s => Key(s.ResourceId), s => s.Resource),
            Logs = [.. trace.Logs.Where(l => l.SpanId is not { } id || !known.Contains(id)).Select(AssembledLog.Of)],
            Metrics = trace.Metrics,
            Changes = trace.Changes,
        };
    }

    private static AssembledSpan Span(TraceDetail trace, Analysis.Waterfalls.WaterfallRow row, double criticalMs, IReadOnlyList<AssembledLog> logs)
    {
        var span = trace.Spans[row.Index];
        return new AssembledSpan
        {
            SpanId = span.SpanId.ToString(),
            ParentSpanId = span.ParentSpanId?.ToString(),
            Depth = row.Depth,
            Service = span.Service,
            Operation = span.Operation,
            Kind = span.Kind,
            Status = span.Status,
            StatusMessage = span.StatusMessage,
            Start = UnixNanos.ToTime(span.StartNs),
            OffsetMs = (span.StartNs - trace.Extent.FromNs) / 1e6,
            DurationMs = span.DurationNs / 1e6,
            SelfMs = row.SelfNs / 1e6,
            CriticalMs = criticalMs,
            Descendants = row.Descendants,
            ParentMissing = row.ParentMissing,
            OutlastsParent = row.OutlastsParent,
            StartsBeforeParent = row.StartsBeforeParent,
            Scope = span.Scope,
            Resource = Key(span.ResourceId),
            Attributes = span.Attributes,
            Events = span.Events,
            Links = span.Links,
            Logs = logs,
        };
    }

    private static string Key(int resource) => resource.ToString(CultureInfo.InvariantCulture);
}
