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
    private Dictionary<ulong, (TraceDecision Decision, byte Weight)> young = [];
    private Dictionary<ulong, (TraceDecision Decision, byte Weight)> old = [];
    private DateTimeOffset since = time.GetUtcNow();

    /// <summary>Decides every trace of a batch at once.</summary>
    /// <param name="oneOf">Of so many boring traces one is kept, by the trace's hash, and stands for all of them.</param>
    public void Decide(Dictionary<ulong, TraceSpans> traces, byte oneOf)
    {
        var threshold = ulong.MaxValue / oneOf;
        lock (door)
        {
            Turn();
            foreach (var key in traces.Keys)
            {
                ref var spans = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(traces, key);
                (spans.Decision, spans.Weight) = Decide(key, spans.Interesting, threshold, oneOf);
            }
        }
    }

    private (TraceDecision Decision, byte Weight) Decide(ulong key, bool interesting, ulong threshold, byte oneOf)
    {
        (TraceDecision Decision, byte Weight) known = young.TryGetValue(key, out var before) || old.TryGetValue(key, out before) ? before : (TraceDecision.Unknown, (byte)1);
        var decision = known.Decision switch
        {
            TraceDecision.Unknown when interesting => (TraceDecision.Kept, (byte)1),
            TraceDecision.Unknown => key <= threshold ? (TraceDecision.Kept, oneOf) : (TraceDecision.Shed, (byte)1),
            TraceDecision.Shed when interesting => (TraceDecision.Partial, (byte)1),
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
