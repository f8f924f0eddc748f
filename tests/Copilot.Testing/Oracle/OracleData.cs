using Copilot.Telemetry.Records;

namespace Copilot.Testing.Oracle;

/// <summary>Whole traces in memory and the window that is asked about.</summary>
public sealed class OracleData(IReadOnlyList<OracleSpan> spans, TimeWindow window)
{
    private static readonly long Hour = 3600 * UnixNanos.PerSecond;

    private readonly ILookup<Guid, OracleSpan> _traces = spans.ToLookup(s => s.Trace);

    public TimeWindow Window => window;

    public IReadOnlyList<OracleSpan> Spans => spans;

    public IEnumerable<OracleSpan> InWindow => spans.Where(s => window.Contains(s.Start));

    /// <summary>What is known of a span's trace: an hour around the window.</summary>
    public IEnumerable<OracleSpan> Around(OracleSpan span) =>
        _traces[span.Trace].Where(s => s.Start >= window.FromNs - Hour && s.Start < window.ToNs + Hour);

    public OracleSpan? Root(OracleSpan span) =>
        Around(span).Where(s => s.Parent is null).OrderBy(s => s.Start).ThenBy(s => s.Id).FirstOrDefault();

    /// <summary>The numbers of a depth-first walk: on the way down, on the way up, and the parent's; 0 for what no root leads to.</summary>
    public (long Left, long Right, long Parent) NestedSet(OracleSpan span)
    {
        var trace = Around(span).OrderBy(s => s.Start).ThenBy(s => s.Id).ThenBy(s => s.Kind).ToList();
        var numbers = trace.ToDictionary(s => s, s => (Left: 0L, Right: 0L, Parent: s.Parent is null ? -1L : 0L));
        if (trace.GroupBy(s => s.Id).All(sides => sides.Count() <= 2))
        {
            var next = 1L;
            foreach (var root in trace.Where(s => s.Parent is null))
                Walk(root, -1, ref next);
        }

        return numbers[span];

        void Walk(OracleSpan at, long parent, ref long next)
        {
            var left = next++;
            foreach (var child in trace.Where(s => s.Parent is not null && ParentOf(s) == at))
                Walk(child, left, ref next);
            numbers[at] = (left, next++, parent);
        }

        // Two sides of one call may share an id: a server span hangs below the client's, everything else below the server's.
        OracleSpan? ParentOf(OracleSpan child) =>
            trace.Where(s => s.Id == child.Parent).ToList() switch
            {
                [var only] => only,
                [_, _] sides => sides.Find(s => s.Kind == (child.Kind == 2 ? 3 : 2)),
                _ => null,
            };
    }

    /// <summary>The ids of everything above a span; the way up goes along spans within a minute of the window.</summary>
    public HashSet<long> Above(OracleSpan span)
    {
        var found = new HashSet<long>();
        var todo = new Queue<long?>([span.Parent]);
        while (todo.TryDequeue(out var next))
        {
            if (next is not { } id || !found.Add(id))
                continue;
            foreach (
                var at in _traces[span.Trace]
                    .Where(s => s.Id == id && s.Start >= window.FromNs - UnixNanos.PerMinute && s.Start < window.ToNs + UnixNanos.PerMinute)
            )
                todo.Enqueue(at.Parent);
        }

        return found;
    }
}
