using Copilot.Telemetry.Time;

namespace Copilot.Testing.Oracle;

/// <summary>Whole traces in memory and the window that is asked about.</summary>
public sealed class OracleData(IReadOnlyList<OracleSpan> spans, TimeWindow window)
{
    private static readonly long Hour = 3600 * UnixNanos.PerSecond;

    private readonly ILookup<Guid, OracleSpan> traces = spans.ToLookup(s => s.Trace);

    public TimeWindow Window => window;

    public IReadOnlyList<OracleSpan> Spans => spans;

    public IEnumerable<OracleSpan> InWindow => spans.Where(s => window.Contains(s.Start));

    /// <summary>What is known of a span's trace: an hour around the window.</summary>
    public IEnumerable<OracleSpan> Around(OracleSpan span) =>
        traces[span.Trace].Where(s => s.Start >= window.FromNs - Hour && s.Start < window.ToNs + Hour);

    public OracleSpan? Root(OracleSpan span) =>
        Around(span).Where(s => s.Parent is null).OrderBy(s => s.Start).ThenBy(s => s.Id).FirstOrDefault();

    /// <summary>The ids of everything above a span; the way up goes along spans within a minute of the window.</summary>
    public HashSet<long> Above(OracleSpan span)
    {
        var found = new HashSet<long>();
        var todo = new Queue<long?>([span.Parent]);
        while (todo.TryDequeue(out var next))
        {
            if (next is not { } id || !found.Add(id))
                continue;
            foreach (var at in traces[span.Trace].Where(s => s.Id == id
                && s.Start >= window.FromNs - UnixNanos.PerMinute && s.Start < window.ToNs + UnixNanos.PerMinute))
                todo.Enqueue(at.Parent);
        }

        return found;
    }
}
