using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Traces;

/// <summary>
/// A trace as lines: a pure function of its spans. Telemetry is taken as it comes: parents may be missing, be each other's, start after
/// their children or be as many as there are spans.
/// </summary>
public sealed class Waterfall
{
    private readonly Node[] order;

    private Waterfall(Node[] order, long startNs, long endNs)
    {
        this.order = order;
        StartNs = startNs;
        EndNs = endNs;
    }

    public long StartNs { get; }

    public long EndNs { get; }

    public double DurationMs => (EndNs - StartNs) / 1e6;

    public int SpanCount => order.Length;

    public int FailedCount => order.Count(node => node.Span.Status == SpanStatus.Error);

    public IEnumerable<string> Services => order.Select(node => node.Span.Service).Distinct();

    /// <summary>The span that the trace is named after: its root, or the earliest one received.</summary>
    public TraceSpan? Root => order.Length > 0 ? order[0].Span : null;

    public static Waterfall Of(IReadOnlyList<TraceSpan> spans)
    {
        if (spans.Count == 0) return new Waterfall([], 0, 0);
        var nodes = spans.OrderBy(span => span.StartNs).ThenByDescending(span => span.DurationNs).Select(span => new Node(span)).ToList();
        var byId = new Dictionary<SpanId, Node>();
        foreach (var node in nodes) byId.TryAdd(node.Span.SpanId, node);
        var roots = new List<Node>();
        foreach (var node in nodes)
        {
            var parent = node.Span.ParentSpanId is { IsEmpty: false } id && byId.TryGetValue(id, out var found) && !IsAbove(node, found) ? found : null;
            node.Parent = parent;
            node.Orphan = parent is null && node.Span.ParentSpanId is { IsEmpty: false };
            (parent?.Children ?? roots).Add(node);
        }

        // The true root first, whatever strays in before it.
        roots.Sort((a, b) => (a.Orphan, a.Span.StartNs).CompareTo((b.Orphan, b.Span.StartNs)));
        var order = Flatten(roots, nodes.Count);
        return new Waterfall(order, spans.Min(span => span.StartNs), spans.Max(span => span.EndNs));
    }

    /// <summary>The lines to show: all spans but those below a collapsed one.</summary>
    public IReadOnlyList<WaterfallRow> Rows(IReadOnlySet<SpanId> collapsed, IReadOnlySet<SpanId> critical)
    {
        var rows = new List<WaterfallRow>(order.Length);
        for (var i = 0; i < order.Length; i++)
        {
            var node = order[i];
            var folded = node.Descendants > 0 && collapsed.Contains(node.Span.SpanId);
            rows.Add(Row(node, folded, critical.Contains(node.Span.SpanId)));
            if (folded) i += node.Descendants;
        }

        return rows;
    }

    private WaterfallRow Row(Node node, bool folded, bool critical)
    {
        var whole = (double)Math.Max(EndNs - StartNs, 1);
        var left = (node.Span.StartNs - StartNs) / whole * 100;
        return new WaterfallRow
        {
            Span = node.Span,
            Depth = node.Depth,
            Left = Math.Round(left, 3),
            Width = Math.Round(Math.Min(node.Span.DurationNs / whole * 100, 100 - left), 3),
            Descendants = node.Descendants,
            Collapsed = folded,
            FailureBelow = node.FailureBelow,
            Orphan = node.Orphan,
            Critical = critical,
        };
    }

    /// <summary>Whether the node is above the other one already: making it its child would close a circle.</summary>
    private static bool IsAbove(Node node, Node other)
    {
        for (Node? at = other; at is not null; at = at.Parent)
        {
            if (ReferenceEquals(at, node)) return true;
        }

        return false;
    }

    // Without recursion: a chain of ten thousand spans is a stack overflow otherwise.
    private static Node[] Flatten(List<Node> roots, int count)
    {
        var order = new List<Node>(count);
        var stack = new Stack<Node>();
        for (var i = roots.Count - 1; i >= 0; i--) stack.Push(roots[i]);
        while (stack.TryPop(out var node))
        {
            node.Depth = node.Parent is { } parent ? parent.Depth + 1 : 0;
            order.Add(node);
            for (var i = node.Children.Count - 1; i >= 0; i--) stack.Push(node.Children[i]);
        }

        for (var i = order.Count - 1; i >= 0; i--)
        {
            if (order[i].Parent is not { } parent) continue;
            parent.Descendants += order[i].Descendants + 1;
            parent.FailureBelow |= order[i].FailureBelow || order[i].Span.Status == SpanStatus.Error;
        }

        return [.. order];
    }

    private sealed class Node(TraceSpan span)
    {
        public TraceSpan Span { get; } = span;

        public Node? Parent { get; set; }

        public List<Node> Children { get; } = [];

        public int Depth { get; set; }

        public int Descendants { get; set; }

        public bool FailureBelow { get; set; }

        public bool Orphan { get; set; }
    }
}
