namespace Copilot.Web.Traces.Views;

/// <summary>
/// Where a trace's time went: spans of one name below the same callers are one bar, as wide as what they and all below them did
/// themselves. Unlike a waterfall it adds up: what ran at the same time is as wide as both together.
/// </summary>
public sealed class FlameModel
{
    /// <summary>In percent; what is narrower is not seen.</summary>
    private const double Narrowest = 0.1;

    private FlameModel(List<FlameBar> bars, int hidden) => (Bars, Hidden) = (bars, hidden);

    /// <summary>From the root down, from left to right.</summary>
    public IReadOnlyList<FlameBar> Bars { get; }

    /// <summary>Bars that are too narrow.</summary>
    public int Hidden { get; }

    public int Depth => Bars.Count == 0 ? 0 : Bars.Max(bar => bar.Depth) + 1;

    /// <param name="rows">All of the trace, in the order of the tree.</param>
    public static FlameModel Of(IReadOnlyList<WaterfallLine> rows)
    {
        var top = new Node(null!);
        List<Node> way = [top];
        foreach (var row in rows)
        {
            var depth = Math.Min(row.Depth, way.Count - 1);
            way.RemoveRange(depth + 1, way.Count - depth - 1);
            var node = way[depth].Below(row);
            node.Lines.Add(row);
            way.Add(node);
        }

        var bars = new List<FlameBar>();
        var hidden = 0;
        var whole = Math.Max(top.TotalMs(), double.Epsilon);
        Place(top, -1, 0);
        return new FlameModel(bars, hidden);

        void Place(Node node, int depth, double left)
        {
            var width = node.TotalMs() / whole * 100;
            if (depth >= 0)
            {
                if (width < Narrowest)
                {
                    hidden++;
                    return;
                }

                bars.Add(node.Bar(depth, left, width));
            }

            foreach (var child in node.Children.OrderByDescending(child => child.TotalMs()))
            {
                Place(child, depth + 1, left);
                left += child.TotalMs() / whole * 100;
            }
        }
    }

    private sealed class Node(WaterfallLine first)
    {
        private readonly Dictionary<(string, string), Node> _children = [];
        private double? _total;

        public List<WaterfallLine> Lines { get; } = [];

        public IEnumerable<Node> Children => _children.Values;

        public Node Below(WaterfallLine row)
        {
            var name = (row.Span.Service, row.Span.Operation);
            if (!_children.TryGetValue(name, out var child))
                _children.Add(name, child = new Node(row));
            return child;
        }

        public double TotalMs() => _total ??= Lines.Sum(line => line.SelfMs) + Children.Sum(child => child.TotalMs());

        public FlameBar Bar(int depth, double left, double width) =>
            new(
                first,
                depth,
                Math.Round(left, 3),
                Math.Round(width, 3),
                TotalMs(),
                Lines.Sum(line => line.SelfMs),
                Lines.Count,
                Lines.Count(line => line.Span.Failed)
            );
    }
}

/// <param name="First">Of the spans that the bar is of.</param>
/// <param name="Left">In percent, as <paramref name="Width"/> is.</param>
/// <param name="TotalMs">With all below.</param>
public sealed record FlameBar(
    WaterfallLine First,
    int Depth,
    double Left,
    double Width,
    double TotalMs,
    double SelfMs,
    int Spans,
    int Failed
);
