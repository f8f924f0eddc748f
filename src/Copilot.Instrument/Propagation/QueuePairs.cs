using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Spans;

namespace Copilot.Instrument.Propagation;

/// <summary>
/// Finds queues whose messages carry no context: one service sends to them, another's work on them begins traces that neither hang on
/// the sender's nor link to it. Queues of one name in two brokers are not one queue.
/// </summary>
internal static class QueuePairs
{
    public static IEnumerable<BrokenPair> Find(PropagationSample sample)
    {
        var linked = sample.Sides.SelectMany(side => side.Links).ToHashSet();
        var sent = sample
            .Sides.Where(side => side is { Kind: SpanKind.Producer, Destination: not null } && !linked.Contains(side.SpanId))
            .GroupBy(side => (Destination: side.Destination!, side.Service))
            .ToLookup(same => same.Key.Destination, same => (same.Key.Service, All: same.OrderBy(side => side.StartNs).ToArray()));
        var taken = sample
            .Sides.Where(side => side is { Kind: SpanKind.Consumer, Destination: not null, IsRoot: true })
            .GroupBy(side => (Destination: side.Destination!, side.Service));
        foreach (var consumer in taken)
        {
            CallSide[] loose = [.. consumer.Where(side => side.Links.Count == 0).OrderBy(side => side.StartNs)];
            var hanging =
                consumer.Count()
                - loose.Length
                + sample.Kept.Where(kept => kept.Messages && kept.Callee == consumer.Key.Service).Sum(kept => kept.Count);
            var senders = sent[consumer.Key.Destination].Where(sender => sender.Service != consumer.Key.Service).ToArray();
            var all = senders.Sum(sender => sender.All.Length);
            foreach (var (service, messages) in senders)
            {
                if (Math.Min(messages.Length, loose.Length) < PropagationThresholds.FewestCalls || !IsOneQueue(messages, loose, all))
                    continue;
                // Where other messages hang together, these must be this sender's own.
                if (hanging > PropagationThresholds.Kept * (hanging + loose.Length) && !Agree(messages.Length, loose.Length))
                    continue;
                yield return new BrokenPair(
                    service,
                    consumer.Key.Service,
                    consumer.Key.Destination,
                    messages[0].Address,
                    true,
                    true,
                    RouteFit.Same,
                    messages,
                    loose,
                    null
                );
            }
        }
    }

    private static bool IsOneQueue(CallSide[] sent, CallSide[] taken, int allSent)
    {
        if (Differ(sent, taken, side => side.System))
            return false;
        // Nobody takes what was not sent.
        if (taken[^1].StartNs < sent[0].StartNs || taken[0].StartNs > sent[^1].EndNs + PropagationThresholds.LongestQueueNs)
            return false;
        var (from, to) = (sent.Select(side => side.Address).Distinct().ToArray(), taken.Select(side => side.Address).Distinct().ToArray());
        return from is [{ } one] && to is [{ } other] ? one == other : Agree(allSent, taken.Length);
    }

    private static bool Differ(CallSide[] sent, CallSide[] taken, Func<CallSide, string?> value) =>
        value(sent[0]) is { } one && value(taken[0]) is { } other && !string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool Agree(int sent, int taken) => Math.Abs(sent - taken) <= PropagationThresholds.MessagesAgree * sent;
}
