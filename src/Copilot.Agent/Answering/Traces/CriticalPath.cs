using Copilot.Agent.Answers;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Agent.Answering.Traces;

/// <summary>
/// Where a trace's time went: walking back from the end of the root, each moment belongs to the span that everything waited for.
/// What a peer took is its caller's time, since the peer sends no spans.
/// </summary>
internal static class CriticalPath
{
    /// <summary>The path from the root on, by service and operation, with the time spent in each itself.</summary>
    public static IReadOnlyList<CriticalPathItem> Of(IReadOnlyList<TraceSpan> spans)
    {
        if (spans.Count == 0) return [];
        var byParent = spans.Where(span => span.ParentSpanId is not null).ToLookup(span => span.ParentSpanId!.Value);
        var root = Root(spans);
        var own = new Dictionary<(string Service, string Operation), double>();
        var order = new List<(string, string)>();
        var seen = new HashSet<SpanId>();
        var waiting = new Stack<(TraceSpan Span, long Until)>();
        waiting.Push((root, root.EndNs));
        while (waiting.TryPop(out var at))
        {
            // Ids that repeat or form a ring must not send the walk round for ever.
            if (!seen.Add(at.Span.SpanId)) continue;
            var cursor = Math.Min(at.Span.EndNs, at.Until);
            long self = 0;
            var behind = new List<(TraceSpan, long)>();
            foreach (var child in byParent[at.Span.SpanId].OrderByDescending(child => child.EndNs))
            {
                if (child.StartNs >= cursor || child.EndNs <= at.Span.StartNs) continue;
                var end = Math.Min(child.EndNs, cursor);
                self += cursor - end;
                behind.Add((child, end));
                cursor = Math.Max(child.StartNs, at.Span.StartNs);
            }

            self += Math.Max(0, cursor - at.Span.StartNs);
            var key = (at.Span.Service, at.Span.Operation);
            if (!own.TryGetValue(key, out var before)) order.Add(key);
            own[key] = before + (self / 1e6);
            // The earliest child first, so that the path reads in the order of time.
            foreach (var next in behind) waiting.Push(next);
        }

        return [.. order.Select(key => new CriticalPathItem(key.Item1, key.Item2, own[key]))];
    }

    /// <summary>The span without a parent; where that is missing, the longest of those whose parent is.</summary>
    public static TraceSpan Root(IReadOnlyList<TraceSpan> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.FirstOrDefault(span => span.ParentSpanId is null)
            ?? spans.Where(span => !ids.Contains(span.ParentSpanId!.Value)).MaxBy(span => span.DurationNs)
            ?? spans[0];
    }
}
