using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Traces;

/// <summary>
/// The critical path of a trace: at every moment of the root, the span whose end the answer waited for. Walked backwards from
/// the end. Children count only within their parent: what outlasts it was not waited for, what starts after it ended is
/// asynchronous, and a child's clock that is ahead or behind is clipped. Time of peers that send no spans is their caller's.
/// </summary>
public static class CriticalPath
{
    /// <summary>In order of time; neighbouring steps of one span are one.</summary>
    public static IReadOnlyList<CriticalStep> Of(SampleSpan[] spans)
    {
        ArgumentNullException.ThrowIfNull(spans);
        if (spans.Length == 0)
            return [];
        var forest = CallForest.Build(spans);
        var root = Root(forest);
        var steps = new List<CriticalStep>();
        var waiting = new Stack<(int Span, long From, long To)>([(root, spans[root].StartNs, spans[root].EndNs)]);
        // Backwards: a stretch is the span's own from its end to the child that ended last, then that child's, then on before it.
        while (waiting.TryPop(out var at))
        {
            if (at.To <= at.From)
                continue;
            var child = LastEnding(forest, at.Span, at.From, at.To);
            if (child < 0)
            {
                steps.Add(new CriticalStep(at.Span, at.From, at.To));
                continue;
            }

            var end = Math.Min(spans[child].EndNs, at.To);
            var start = Math.Max(spans[child].StartNs, at.From);
            if (end < at.To)
                steps.Add(new CriticalStep(at.Span, end, at.To));
            waiting.Push((at.Span, at.From, start));
            waiting.Push((child, start, end));
        }

        steps.Reverse();
        return Merge(steps);
    }

    private static int Root(CallForest forest)
    {
        var roots = Enumerable.Range(0, forest.Spans.Length).Where(i => forest.Parent[i] < 0);
        return roots.OrderByDescending(i => forest.Spans[i].Parent.IsEmpty).ThenByDescending(i => forest.Spans[i].DurationNs).First();
    }

    private static int LastEnding(CallForest forest, int span, long from, long to)
    {
        var best = -1;
        long bestEnd = from;
        foreach (var child in forest.Children(span))
        {
            ref readonly var c = ref forest.Spans[child];
            // A child that outlasts its parent's stretch was not what the parent waited for, unless their clocks differ a little.
            var end = Math.Min(c.EndNs, to);
            if (c.StartNs >= to || end <= from || (c.EndNs > to && c.EndNs - to > c.DurationNs / 2))
                continue;
            if (end > bestEnd)
                (best, bestEnd) = (child, end);
        }

        return best;
    }

    private static List<CriticalStep> Merge(List<CriticalStep> steps)
    {
        var merged = new List<CriticalStep>();
        foreach (var step in steps)
        {
            if (merged.Count > 0 && merged[^1].Span == step.Span && merged[^1].ToNs == step.FromNs)
                merged[^1] = merged[^1] with { ToNs = step.ToNs };
            else
                merged.Add(step);
        }

        return merged;
    }
}

/// <summary>A stretch of a critical path that one span spent itself.</summary>
/// <param name="Span">The span's index among those given.</param>
public readonly record struct CriticalStep(int Span, long FromNs, long ToNs)
{
    public double SelfMs => (ToNs - FromNs) / 1e6;
}

/// <summary>Stretches of time that may overlap.</summary>
internal static class Intervals
{
    /// <summary>How much of [from, to) at least one of the stretches covers.</summary>
    public static long Covered(List<(long From, long To)>? stretches, long from, long to)
    {
        if (stretches is null)
            return 0;
        stretches.Sort();
        long covered = 0;
        var at = from;
        foreach (var stretch in stretches)
        {
            var start = Math.Max(at, stretch.From);
            var end = Math.Min(to, stretch.To);
            if (end <= start)
                continue;
            covered += end - start;
            at = end;
        }

        return covered;
    }
}
