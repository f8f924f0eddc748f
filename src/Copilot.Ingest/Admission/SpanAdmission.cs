using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Spans;

namespace Copilot.Ingest.Admission;

/// <summary>
/// Decides which traces are stored when more arrives than the store can take. Failed, slow and rare ones always are; of the others
/// a share that shrinks with the pressure, whole traces at a time. What is shed is still counted in the rollups.
/// </summary>
internal sealed class SpanAdmission(IngestOptions options, TimeProvider time)
{
    private const int MostOperations = 20_000;

    /// <summary>At the most pressure one boring trace in so many is kept.</summary>
    private const byte MostShed = 50;

    private readonly TraceLedger _ledger = new(time);
    private readonly Lock _habitsDoor = new();
    private readonly Dictionary<int, OperationBaseline> _habits = [];

    /// <summary>
    /// The share of boring traces that is kept while so many items wait for the store. It is at its least half-way to where senders are
    /// asked to wait: whoever has to wait may lose everything, boring or not, so shedding has to have done all it can before that.
    /// </summary>
    public double Keep(long pendingItems) => 1.0 / OneOf(pendingItems);

    /// <summary>One of a whole number, so that each kept trace can say for how many it stands.</summary>
    private byte OneOf(long pendingItems)
    {
        if (pendingItems <= options.ShedFrom)
            return 1;
        var pressure = 2 * (double)(pendingItems - options.ShedFrom) / Math.Max(1, options.PushBackFrom - options.ShedFrom);
        return (byte)Math.Round(Math.Min(MostShed, 1 / Math.Max(1e-9, 1 - pressure)));
    }

    /// <summary>Marks the spans that are only to be counted; returns how many.</summary>
    public int Apply(SpanBatch batch, long pendingItems)
    {
        if (batch.Imported || batch.Count == 0)
            return 0;
        var traces = new Dictionary<ulong, TraceSpans>();
        Gather(batch, traces);
        _ledger.Decide(traces, OneOf(pendingItems));

        var shed = 0;
        foreach (ref var row in batch.Rows)
        {
            var trace = traces[TraceSpans.Key(row)];
            switch (trace.Decision)
            {
                case TraceDecision.Shed:
                    row.Shed = true;
                    shed++;
                    break;
                case TraceDecision.Partial:
                    PartialMark.Add(ref row, batch.Arena);
                    break;
                default:
                    row.Weight = trace.Weight;
                    break;
            }
        }

        return shed;
    }

    private void Gather(SpanBatch batch, Dictionary<ulong, TraceSpans> traces)
    {
        lock (_habitsDoor)
        {
            foreach (ref readonly var row in batch.Rows)
            {
                ref var spans = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                    traces,
                    TraceSpans.Key(row),
                    out _
                );
                spans.Interesting |= row.Status == SpanStatus.Error || row.FailedByResponse;
                if (row.Entry)
                    spans.Interesting |= Habit(batch, row).Note(row.DurationNs);
            }
        }
    }

    private OperationBaseline Habit(SpanBatch batch, in SpanRow row)
    {
        var hash = default(HashCode);
        hash.Add(batch.Resources[row.Resource].ServiceName);
        hash.AddBytes(batch.Arena[row.Name]);
        var key = hash.ToHashCode();
        if (!_habits.TryGetValue(key, out var habit))
        {
            // Names made of ids would fill memory; starting over only keeps more for a while.
            if (_habits.Count >= MostOperations)
                _habits.Clear();
            _habits[key] = habit = new OperationBaseline();
        }

        return habit;
    }
}

/// <summary>Says on a span that earlier spans of its trace were shed: <c>copilot.partial = true</c>.</summary>
internal static class PartialMark
{
    public static void Add(ref SpanRow row, Utf8Buffer arena)
    {
        if (row.Attributes.IsAbsent || row.Attributes.Length <= 2)
        {
            row.Attributes = arena.Append("""{"copilot.partial":true}"""u8);
            return;
        }

        var start = arena.Length;
        arena.Write("""{"copilot.partial":true,"""u8);
        // The span is got before it is read: growing moves the arena.
        var rest = row.Attributes.Length - 1;
        var target = arena.GetSpan(rest);
        arena[new TextSlice(row.Attributes.Offset + 1, rest)].CopyTo(target);
        arena.Advance(rest);
        row.Attributes = arena.Since(start);
    }
}
