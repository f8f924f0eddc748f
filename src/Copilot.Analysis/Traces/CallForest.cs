using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Traces;

/// <summary>
/// A sample's spans as trees. Tolerates what real telemetry has: parents that never came, duplicates, cycles, children that
/// outlast their parents and start before them.
/// </summary>
public sealed class CallForest
{
    private CallForest(SampleSpan[] spans)
    {
        Spans = spans;
        Parent = new int[spans.Length];
        FirstChild = new int[spans.Length];
        NextSibling = new int[spans.Length];
    }

    public SampleSpan[] Spans { get; }

    /// <summary>The index of a span's parent, or -1.</summary>
    public int[] Parent { get; }

    public int[] FirstChild { get; }

    public int[] NextSibling { get; }

    /// <summary>Span indexes such that every parent comes before its children.</summary>
    public int[] TopDown { get; private set; } = [];

    public static CallForest Build(SampleSpan[] spans)
    {
        var forest = new CallForest(spans);
        forest.Link();
        forest.Order();
        return forest;
    }

    public IEnumerable<int> Children(int span)
    {
        for (var child = FirstChild[span]; child >= 0; child = NextSibling[child])
            yield return child;
    }

    /// <param name="apart">Whether the two sides of calls have ids of their own already, as far as they can have.</param>
    private void Link(bool apart = false)
    {
        Array.Fill(Parent, -1);
        Array.Fill(FirstChild, -1);
        Array.Fill(NextSibling, -1);
        var index = new Dictionary<(int Trace, SpanId Id), int>(Spans.Length);
        for (var i = 0; i < Spans.Length; i++)
        {
            if (!index.TryAdd((Spans[i].Trace, Spans[i].Id), i) && !apart && Apart())
            {
                Link(apart: true);
                return;
            }
        }

        for (var i = 0; i < Spans.Length; i++)
        {
            if (!Spans[i].Parent.IsEmpty && index.TryGetValue((Spans[i].Trace, Spans[i].Parent), out var parent) && parent != i)
                Parent[i] = parent;
        }
    }

    /// <summary>Gives servers that share their client's id one of their own; false where none does.</summary>
    private bool Apart()
    {
        var apart = SharedSpanIds.Part([
            .. Spans.Select(s => new SharedSpan<int>(s.Trace, s.Id, s.Parent.IsEmpty ? null : s.Parent, s.Kind, s.Service)),
        ]);
        if (apart is null)
            return false;
        for (var i = 0; i < Spans.Length; i++)
            Spans[i] = Spans[i] with { Id = apart[i].Id, Parent = apart[i].Parent ?? default };
        return true;
    }

    private void Order()
    {
        // Depth by walking up; a walk that comes back to itself is a cycle and is cut where it was entered.
        var depth = new int[Spans.Length];
        var path = new List<int>();
        for (var i = 0; i < Spans.Length; i++)
        {
            path.Clear();
            var at = i;
            while (at >= 0 && depth[at] == 0)
            {
                depth[at] = -1;
                path.Add(at);
                at = Parent[at];
            }

            if (at >= 0 && depth[at] == -1)
            {
                Parent[path[^1]] = -1;
                at = -1;
            }

            var level = at < 0 ? 0 : depth[at];
            for (var k = path.Count - 1; k >= 0; k--)
                depth[path[k]] = ++level;
        }

        TopDown = new int[Spans.Length];
        for (var i = 0; i < TopDown.Length; i++)
            TopDown[i] = i;
        Array.Sort(depth, TopDown);
        for (var i = Spans.Length - 1; i >= 0; i--)
        {
            if (Parent[i] is var parent && parent >= 0)
            {
                NextSibling[i] = FirstChild[parent];
                FirstChild[parent] = i;
            }
        }
    }
}

/// <summary>Spans in the order in which they happened, each once: neither how they came in nor how often may change a finding.</summary>
internal static class SampleOrder
{
    public static SampleSpan[] Of(SampleSpan[] spans)
    {
        var order = spans.Select(s => (s.Trace, s.StartNs, s.Id.Value, s.DurationNs)).ToArray();
        var sorted = spans.ToArray();
        Array.Sort(order, sorted);
        var kept = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            // Two spans may share an id (a call and what it called, in some formats); what is the same in everything was sent twice.
            if (kept == 0 || sorted[i] != sorted[kept - 1])
                sorted[kept++] = sorted[i];
        }

        return sorted[..kept];
    }
}
