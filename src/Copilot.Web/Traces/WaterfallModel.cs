using Copilot.Analysis.Traces;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Traces;

/// <summary>What the waterfall shows of a trace: a pure function of the trace and of what is folded away.</summary>
public sealed class WaterfallModel
{
    private readonly TraceDetail _trace;
    private readonly IReadOnlyList<WaterfallRow> _arranged;
    private readonly bool[] _failureBelow;
    private readonly ILookup<int, CriticalStep> _critical;

    private WaterfallModel(TraceDetail trace)
    {
        this._trace = trace;
        _arranged = Waterfall.Arrange([
            .. trace.Spans.Select(span => new WaterfallSpan(span.SpanId, span.ParentSpanId, span.StartNs, span.DurationNs)),
        ]);
        _failureBelow = FailuresBelow();
        _critical = TraceCriticalPath.Of(trace);
        EndNs = trace.Spans.Max(span => span.EndNs);
        FailedCount = trace.Spans.Count(span => span.Failed);
        Services = [.. trace.Spans.Select(span => span.Service).Distinct(StringComparer.Ordinal)];
        // A root that was received, before spans that merely have no parent here.
        Root = trace.Spans[_arranged.Where(row => row.Depth == 0).OrderBy(row => row.ParentMissing).First().Index];
    }

    public long StartNs => _trace.Extent.FromNs;

    public long EndNs { get; }

    public double DurationMs => (EndNs - StartNs) / 1e6;

    public int SpanCount => _trace.Spans.Count;

    public int FailedCount { get; }

    public IReadOnlyList<string> Services { get; }

    /// <summary>The span that the trace is named after.</summary>
    public SpanDetail Root { get; }

    /// <summary>Of a trace with at least one span.</summary>
    public static WaterfallModel Of(TraceDetail trace) => new(trace);

    /// <summary>The lines to show: all spans but those below a collapsed one.</summary>
    public IReadOnlyList<WaterfallLine> Rows(IReadOnlySet<SpanId> collapsed)
    {
        var rows = new List<WaterfallLine>(_arranged.Count);
        for (var i = 0; i < _arranged.Count; i++)
        {
            var span = _trace.Spans[_arranged[i].Index];
            var folded = _arranged[i].Descendants > 0 && collapsed.Contains(span.SpanId);
            rows.Add(Row(i, folded));
            if (folded)
                i += _arranged[i].Descendants;
        }

        return rows;
    }

    private WaterfallLine Row(int at, bool folded)
    {
        var place = _arranged[at];
        var span = _trace.Spans[place.Index];
        var whole = (double)Math.Max(EndNs - StartNs, 1);
        var left = (span.StartNs - StartNs) / whole * 100;
        return new WaterfallLine
        {
            Span = span,
            Depth = place.Depth,
            Left = Math.Round(left, 3),
            Width = Math.Round(Math.Clamp(span.DurationNs / whole * 100, 0, 100 - left), 3),
            SelfMs = place.SelfNs / 1e6,
            Descendants = place.Descendants,
            Collapsed = folded,
            FailureBelow = _failureBelow[at],
            ParentMissing = place.ParentMissing,
            OutsideParent = place.OutlastsParent || place.StartsBeforeParent,
            CriticalMs = _critical[place.Index].Sum(step => step.SelfMs),
            CriticalParts =
            [
                .. _critical[place.Index]
                    .Select(step =>
                        (Math.Round((step.FromNs - StartNs) / whole * 100, 3), Math.Round((step.ToNs - step.FromNs) / whole * 100, 3))
                    ),
            ],
        };
    }

    private bool[] FailuresBelow()
    {
        // Counted from the end: how many failures come after a row, less those after its subtree, are below it.
        var after = new int[_arranged.Count + 1];
        for (var i = _arranged.Count - 1; i >= 0; i--)
            after[i] = after[i + 1] + (_trace.Spans[_arranged[i].Index].Failed ? 1 : 0);
        return [.. _arranged.Select((row, i) => after[i + 1] - after[i + 1 + row.Descendants] > 0)];
    }
}

/// <summary>One line of the waterfall.</summary>
public sealed record WaterfallLine
{
    public required SpanDetail Span { get; init; }

    /// <summary>0 for the root.</summary>
    public required int Depth { get; init; }

    /// <summary>Where the bar starts, in percent of the trace.</summary>
    public required double Left { get; init; }

    public required double Width { get; init; }

    /// <summary>How much of its duration no child covers.</summary>
    public required double SelfMs { get; init; }

    /// <summary>How many spans are below it; none where it is a leaf.</summary>
    public required int Descendants { get; init; }

    /// <summary>Its subtree is folded away.</summary>
    public bool Collapsed { get; init; }

    /// <summary>A span below it failed: said where the subtree is folded away.</summary>
    public bool FailureBelow { get; init; }

    /// <summary>It names a parent that was not received.</summary>
    public bool ParentMissing { get; init; }

    /// <summary>It starts before its parent or ends after it: asynchronous work, or clocks that differ.</summary>
    public bool OutsideParent { get; init; }

    /// <summary>How much of the trace's duration was spent waiting for this span itself.</summary>
    public double CriticalMs { get; init; }

    /// <summary>When that was: left edge and width in percent of the trace.</summary>
    public IReadOnlyList<(double Left, double Width)> CriticalParts { get; init; } = [];

    /// <summary>Where the duration is written, so that it neither covers the names nor leaves the picture.</summary>
    public LabelPlace Label =>
        Left + Width <= 80 ? LabelPlace.After
        : Left >= 20 ? LabelPlace.Before
        : LabelPlace.Inside;
}

/// <summary>Where a bar's duration is written.</summary>
public enum LabelPlace
{
    After,
    Before,
    Inside,
}
