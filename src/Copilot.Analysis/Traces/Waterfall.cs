using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Traces;

/// <summary>
/// A trace's spans in tree order: each followed by what is below it, siblings by their start. Every span given has exactly one row,
/// whatever the parents claim: missing parents, duplicates and cycles included.
/// </summary>
public static class Waterfall
{
    public static IReadOnlyList<WaterfallRow> Arrange(IReadOnlyList<WaterfallSpan> spans)
    {
        var byId = new Dictionary<SpanId, int>(spans.Count);
        for (var i = 0; i < spans.Count; i++)
            byId.TryAdd(spans[i].Id, i);

        var children = new List<int>?[spans.Count];
        var tops = new List<int>();
        for (var i = 0; i < spans.Count; i++)
        {
            if (spans[i].Parent is { } parent && byId.TryGetValue(parent, out var at) && at != i)
                (children[at] ??= []).Add(i);
            else
                tops.Add(i);
        }

        var rows = new List<WaterfallRow>(spans.Count);
        var placed = new bool[spans.Count];
        foreach (var top in tops.OrderBy(i => spans[i].StartNs))
            Place(spans, children, placed, rows, top);
        // What is still without a place hangs on a cycle of parents; it is cut open at its earliest span.
        foreach (var rest in Enumerable.Range(0, spans.Count).Where(i => !placed[i]).OrderBy(i => spans[i].StartNs).ToList())
        {
            if (!placed[rest])
                Place(spans, children, placed, rows, rest);
        }

        return rows;
    }

    /// <summary>Without recursion: a hostile trace may be as deep as it has spans.</summary>
    private static void Place(IReadOnlyList<WaterfallSpan> spans, List<int>?[] children, bool[] placed, List<WaterfallRow> rows, int top)
    {
        var stack = new Stack<(int Span, int Parent, int Depth, int Row)>();
        stack.Push((top, -1, 0, -1));
        while (stack.TryPop(out var at))
        {
            if (at.Row >= 0)
            {
                rows[at.Row] = rows[at.Row] with { Descendants = rows.Count - at.Row - 1 };
                continue;
            }

            if (placed[at.Span])
                continue;
            placed[at.Span] = true;
            rows.Add(Row(spans, children[at.Span], at.Span, at.Parent, at.Depth));
            stack.Push((at.Span, at.Parent, at.Depth, rows.Count - 1));
            foreach (var child in (children[at.Span] ?? []).OrderByDescending(c => spans[c].StartNs).ThenByDescending(c => c))
                stack.Push((child, at.Span, at.Depth + 1, -1));
        }
    }

    private static WaterfallRow Row(IReadOnlyList<WaterfallSpan> spans, List<int>? children, int span, int parent, int depth)
    {
        var self = spans[span];
        return new WaterfallRow(
            span,
            depth,
            self.DurationNs - Covered(spans, children, self),
            0,
            ParentMissing: parent < 0 && self.Parent is not null,
            OutlastsParent: parent >= 0 && self.EndNs > spans[parent].EndNs,
            StartsBeforeParent: parent >= 0 && self.StartNs < spans[parent].StartNs
        );
    }

    private static long Covered(IReadOnlyList<WaterfallSpan> spans, List<int>? children, WaterfallSpan self)
    {
        long covered = 0;
        var at = self.StartNs;
        foreach (var child in (children ?? []).OrderBy(c => spans[c].StartNs))
        {
            var from = Math.Max(at, spans[child].StartNs);
            var to = Math.Min(self.EndNs, spans[child].EndNs);
            if (to <= from)
                continue;
            covered += to - from;
            at = to;
        }

        return covered;
    }
}

/// <summary>One span in its place in the tree.</summary>
/// <param name="Index">Of the span in what was given.</param>
/// <param name="Depth">0 for a root, and for a span whose parent is missing.</param>
/// <param name="SelfNs">Its duration less what its children cover of it.</param>
/// <param name="Descendants">How many rows right after this one are below it.</param>
/// <param name="ParentMissing">It names a parent that was not received.</param>
/// <param name="OutlastsParent">It ends after its parent: asynchronous work, or clocks that differ.</param>
/// <param name="StartsBeforeParent">It starts before its parent: clocks differ.</param>
public readonly record struct WaterfallRow(
    int Index,
    int Depth,
    long SelfNs,
    int Descendants,
    bool ParentMissing,
    bool OutlastsParent,
    bool StartsBeforeParent
);

/// <summary>What the shape of a trace needs to know of a span.</summary>
public readonly record struct WaterfallSpan(SpanId Id, SpanId? Parent, long StartNs, long DurationNs)
{
    public long EndNs => StartNs + DurationNs;
}
