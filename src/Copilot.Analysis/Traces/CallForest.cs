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
        // Places are put in order and spans are moved once: a span is too large to be swapped about.
        var places = new Place[spans.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = new Place(spans[i], i);
        Array.Sort(places);
        var ordered = new SampleSpan[spans.Length];
        var kept = 0;
        foreach (ref readonly var place in places.AsSpan())
        {
            ref readonly var span = ref spans[place.At];
            // Two spans may share an id (a call and what it called, in some formats); what is the same in everything was sent twice.
            if (kept == 0 || span.Id != ordered[kept - 1].Id || span != ordered[kept - 1])
                ordered[kept++] = span;
        }

        return kept == ordered.Length ? ordered : ordered[..kept];
    }

    private readonly struct Place(in SampleSpan span, int at) : IComparable<Place>
    {
        private readonly int _trace = span.Trace;
        private readonly long _startNs = span.StartNs;
        private readonly ulong _id = span.Id.Value;
        private readonly long _durationNs = span.DurationNs;
        private readonly int _kind = (int)span.Kind;
        private readonly int _service = span.Service;

        public int At => at;

        public int CompareTo(Place other)
        {
            if (_trace != other._trace)
                return _trace.CompareTo(other._trace);
            if (_startNs != other._startNs)
                return _startNs.CompareTo(other._startNs);
            if (_id != other._id)
                return _id.CompareTo(other._id);
            if (_durationNs != other._durationNs)
                return _durationNs.CompareTo(other._durationNs);
            return _kind != other._kind ? _kind.CompareTo(other._kind)
                : _service != other._service ? _service.CompareTo(other._service)
                : At.CompareTo(other.At);
        }
    }
}
