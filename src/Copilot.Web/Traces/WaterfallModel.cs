using Copilot.Analysis.Traces;
using Copilot.Analysis.Waterfalls;
using Copilot.Store.Reads.Details;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Traces;

/// <summary>What the waterfall shows of a trace: a pure function of the trace and of what is folded away.</summary>
public sealed class WaterfallModel
{
    private readonly TraceDetail trace;
    private readonly IReadOnlyList<Analysis.Waterfalls.WaterfallRow> arranged;
    private readonly bool[] failureBelow;
    private readonly ILookup<int, CriticalStep> critical;

    private WaterfallModel(TraceDetail trace)
    {
        this.trace = trace;
        arranged = Waterfall.Arrange([.. trace.Spans.Select(span => new WaterfallSpan(span.SpanId, span.ParentSpanId, span.StartNs, span.DurationNs))]);
        failureBelow = FailuresBelow();
        critical = TraceCriticalPath.Of(trace);
        EndNs = trace.Spans.Max(span => span.EndNs);
        FailedCount = trace.Spans.Count(span => span.Status == SpanStatus.Error);
        Services = [.. trace.Spans.Select(span => span.Service).Distinct(StringComparer.Ordinal)];
        // A root that was received, before spans that merely have no parent here.
        Root = trace.Spans[arranged.Where(row => row.Depth == 0).OrderBy(row => row.ParentMissing).First().Index];
    }

    public long StartNs => trace.Extent.FromNs;

    public long EndNs { get; }

    public double DurationMs => (EndNs - StartNs) / 1e6;

    public int SpanCount => trace.Spans.Count;

    public int FailedCount { get; }

    public IReadOnlyList<string> Services { get; }

    /// <summary>The span that the trace is named after.</summary>
    public SpanDetail Root { get; }

    /// <summary>Of a trace with at least one span.</summary>
    public static WaterfallModel Of(TraceDetail trace) => new(trace);

    /// <summary>The lines to show: all spans but those below a collapsed one.</summary>
    public IReadOnlyList<WaterfallRow> Rows(IReadOnlySet<SpanId> collapsed)
    {
        var rows = new List<WaterfallRow>(arranged.Count);
        for (var i = 0; i < arranged.Count; i++)
        {
            var span = trace.Spans[arranged[i].Index];
            var folded = arranged[i].Descendants > 0 && collapsed.Contains(span.SpanId);
            rows.Add(Row(i, folded));
            if (folded) i += arranged[i].Descendants;
        }

        return rows;
    }

    private WaterfallRow Row(int at, bool folded)
    {
        var place = arranged[at];
        var span = trace.Spans[place.Index];
        var whole = (double)Math.Max(EndNs - StartNs, 1);
        var left = (span.StartNs - StartNs) / whole * 100;
        return new WaterfallRow
        {
            Span = span,
            Depth = place.Depth,
            Left = Math.Round(left, 3),
            Width = Math.Round(Math.Clamp(span.DurationNs / whole * 100, 0, 100 - left), 3),
            SelfMs = place.SelfNs / 1e6,
            Descendants = place.Descendants,
            Collapsed = folded,
            FailureBelow = failureBelow[at],
            ParentMissing = place.ParentMissing,
            OutsideParent = place.OutlastsParent || place.StartsBeforeParent,
            CriticalMs = critical[place.Index].Sum(step => step.SelfMs),
            CriticalParts = [.. critical[place.Index].Select(step => (Math.Round((step.FromNs - StartNs) / whole * 100, 3), Math.Round((step.ToNs - step.FromNs) / whole * 100, 3)))],
        };
    }

    private bool[] FailuresBelow()
    {
        // Counted from the end: how many failures come after a row, less those after its subtree, are below it.
        var after = new int[arranged.Count + 1];
        for (var i = arranged.Count - 1; i >= 0; i--)
            after[i] = after[i + 1] + (trace.Spans[arranged[i].Index].Status == SpanStatus.Error ? 1 : 0);
        return [.. arranged.Select((row, i) => after[i + 1] - after[i + 1 + row.Descendants] > 0)];
    }
}
