using System.Buffers.Binary;
using Copilot.Telemetry.Intake;

namespace Copilot.Ingest.Admission;

/// <summary>
/// Remembers for a while what was decided about each trace, so that its later spans share the first ones' fate.
/// Two generations of bounded size: the older one is forgotten when the younger is full or old.
/// </summary>
internal sealed class TraceLedger(TimeProvider time)
{
    private const int MostTraces = 400_000;
    private static readonly TimeSpan Generation = TimeSpan.FromSeconds(60);

    private readonly Lock _door = new();
    private Dictionary<ulong, (TraceDecision Decision, byte Weight)> _young = [];
    private Dictionary<ulong, (TraceDecision Decision, byte Weight)> _old = [];
    private DateTimeOffset _since = time.GetUtcNow();

    /// <summary>Decides every trace of a batch at once.</summary>
    /// <param name="oneOf">Of so many boring traces one is kept, by the trace's hash, and stands for all of them.</param>
    public void Decide(Dictionary<ulong, TraceSpans> traces, byte oneOf)
    {
        var threshold = ulong.MaxValue / oneOf;
        lock (_door)
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
        (TraceDecision Decision, byte Weight) known =
            _young.TryGetValue(key, out var before) || _old.TryGetValue(key, out before) ? before : (TraceDecision.Unknown, (byte)1);
        var decision = known.Decision switch
        {
            TraceDecision.Unknown when interesting => (TraceDecision.Kept, (byte)1),
            TraceDecision.Unknown => key <= threshold ? (TraceDecision.Kept, oneOf) : (TraceDecision.Shed, (byte)1),
            TraceDecision.Shed when interesting => (TraceDecision.Partial, (byte)1),
            _ => known,
        };
        _young[key] = decision;
        return decision;
    }

    private void Turn()
    {
        var now = time.GetUtcNow();
        if (_young.Count < MostTraces && now - _since < Generation)
            return;
        (_old, _young) = (_young, _old);
        _young.Clear();
        _since = now;
    }
}

/// <summary>What was decided about a trace, for all of its spans to come.</summary>
internal enum TraceDecision : byte
{
    Unknown = 0,
    Kept = 1,
    Shed = 2,

    /// <summary>Spans of it were shed before it turned out to be interesting; from then on it is kept.</summary>
    Partial = 3,
}

/// <summary>What a batch says about one of its traces.</summary>
internal struct TraceSpans
{
    /// <summary>A span failed, lasted unusually long, or belongs to an operation seldom seen.</summary>
    public bool Interesting;

    public TraceDecision Decision;

    /// <summary>How many traces a kept one stands for.</summary>
    public byte Weight;

    /// <summary>A number that is the same for all spans of a trace, here and in every process.</summary>
    public static ulong Key(in SpanRow row)
    {
        // Random ids are random in both halves; ids made by hand are mixed so that shedding them is fair too.
        var mixed = row.TraceId.High ^ BinaryPrimitives.ReverseEndianness(row.TraceId.Low);
        mixed = (mixed ^ (mixed >> 33)) * 0xff51afd7ed558ccd;
        mixed = (mixed ^ (mixed >> 33)) * 0xc4ceb9fe1a85ec53;
        return mixed ^ (mixed >> 33);
    }
}
