using System.Globalization;
using System.Text.Json;
using Copilot.Analysis.Traces;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Web.Traces;

namespace Copilot.Web.Api;

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

    public required IReadOnlyList<Change> Changes { get; init; }

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
            ErrorSpans = trace.Spans.Count(s => s.Failed),
            MissingParents = rows.Count(r => r.ParentMissing),
            Truncated = trace.Spans.Count == TraceDetailReads.MostSpans,
            Spans =
            [
                .. rows.Select(r =>
                    Span(
                        trace,
                        r,
                        critical[r.Index].Sum(step => step.SelfMs),
                        [.. logs[trace.Spans[r.Index].SpanId].Select(AssembledLog.Of)]
                    )
                ),
            ],
            Resources = trace.Spans.DistinctBy(s => s.ResourceId).ToDictionary(s => Key(s.ResourceId), s => s.Resource),
            Logs = [.. trace.Logs.Where(l => l.SpanId is not { } id || !known.Contains(id)).Select(AssembledLog.Of)],
            Metrics = trace.Metrics,
            Changes = trace.Changes,
        };
    }

    private static AssembledSpan Span(TraceDetail trace, WaterfallRow row, double criticalMs, IReadOnlyList<AssembledLog> logs)
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
            LinkedFrom = [.. trace.LinkedFrom.Where(link => link.To == span.SpanId).Select(AssembledLink.Of)],
            Logs = logs,
        };
    }

    private static string Key(int resource) => resource.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One span in its place in the trace. Times in milliseconds; <c>offsetMs</c> counts from the trace's first start.</summary>
public sealed record AssembledSpan
{
    public required string SpanId { get; init; }

    public string? ParentSpanId { get; init; }

    public required int Depth { get; init; }

    public required string Service { get; init; }

    public required string Operation { get; init; }

    public required SpanKind Kind { get; init; }

    public required SpanStatus Status { get; init; }

    public string? StatusMessage { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required double OffsetMs { get; init; }

    public required double DurationMs { get; init; }

    /// <summary>Its duration less what its children cover of it.</summary>
    public required double SelfMs { get; init; }

    /// <summary>How much of the trace's critical path is its own: for so long the answer waited for this span itself.</summary>
    public required double CriticalMs { get; init; }

    public required int Descendants { get; init; }

    public bool ParentMissing { get; init; }

    public bool OutlastsParent { get; init; }

    public bool StartsBeforeParent { get; init; }

    public required string Scope { get; init; }

    /// <summary>Key into the trace's <c>resources</c>.</summary>
    public required string Resource { get; init; }

    public required JsonElement Attributes { get; init; }

    public required JsonElement Events { get; init; }

    public required JsonElement Links { get; init; }

    /// <summary>The links to it from spans elsewhere, the first <see cref="LinkReads.Most"/> of the trace.</summary>
    public IReadOnlyList<AssembledLink> LinkedFrom { get; init; } = [];

    public IReadOnlyList<AssembledLog> Logs { get; init; } = [];
}

/// <summary>A span elsewhere that links to this one.</summary>
/// <param name="Attributes">The link's own.</param>
public sealed record AssembledLink(
    string TraceId,
    string SpanId,
    string Service,
    string Operation,
    DateTimeOffset Start,
    JsonElement Attributes
)
{
    public static AssembledLink Of(IncomingLink link) =>
        new(link.Trace.ToString(), link.Span.ToString(), link.Service, link.Operation, UnixNanos.ToTime(link.StartNs), link.Attributes);
}

/// <param name="Severity">OTLP's number: 17 or more is an error.</param>
public sealed record AssembledLog(
    DateTimeOffset Time,
    string Service,
    int Severity,
    string? SeverityText,
    string Body,
    JsonElement? Attributes
)
{
    public static AssembledLog Of(LogLine log) => new(log.Time, log.Service, log.Severity, log.SeverityText, log.Body, log.Attributes);
}
