namespace Copilot.Ingest.Admission;

/// <summary>
/// Remembers for a while what was decided about each trace, so that its later spans share the first ones' fate.
/// Two generations of bounded size: the older one is forgotten when the younger is full or old.
/// </summary>
internal sealed class TraceLedger(TimeProvider time)
{
    private const int MostTraces = 400_000;
    private static readonly TimeSpan Generation = TimeSpan.FromSeconds(60);

    private readonly Lock door = new();
    private Dictionary<ulong, TraceDecision> young = [];
    private Dictionary<ulong, TraceDecision> old = [];
    private DateTimeOffset since = time.GetUtcNow();

    /// <summary>Decides every trace of a batch at once.</summary>
    /// <param name="keep">The share of boring traces that is kept, 0 to 1, by the trace's hash.</param>
    public void Decide(Dictionary<ulong, TraceSpans> traces, double keep)
    {
        var threshold = keep >= 1 ? ulong.MaxValue : (ulong)(keep * ulong.MaxValue);
        lock (door)
        {
            Turn();
            foreach (var key in traces.Keys)
            {
                ref var spans = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(traces, key);
                spans.Decision = Decide(key, spans.Interesting, threshold);
            }
        }
    }

    private TraceDecision Decide(ulong key, bool interesting, ulong threshold)
    {
        var known = young.TryGetValue(key, out var before) || old.TryGetValue(key, out before) ? before : TraceDecision.Unknown;
        var decision = known switch
        {
            TraceDecision.Unknown => interesting || key <= threshold ? TraceDecision.Kept : TraceDecision.Shed,
            TraceDecision.Shed when interesting => TraceDecision.Partial,
            _ => known,
        };
        young[key] = decision;
        return decision;
    }

    private void Turn()
    {
        var now = time.GetUtcNow();
        if (young.Count < MostTraces && now - since < Generation) return;
        (old, young) = (young, old);
        young.Clear();
        since = now;
    }
}
