using Copilot.Agent.Answers;
using Copilot.Store.Reads.Breakdowns;

namespace Copilot.Agent.Answering.Measures;

/// <summary>Which attribute sets the bad requests apart from the good ones.</summary>
internal static class SetApart
{
    /// <summary>Weaker than this, an attribute goes with the bad requests no better than chance would have it.</summary>
    private const double Weakest = 0.15;

    /// <summary>Differences below this are ties.</summary>
    private const double Tie = 0.01;

    // What tells where something ran comes first among equals: pod, instance, node, region.
    private static readonly string[] Preferred =
        ["k8s.pod.name", "service.instance.id", "k8s.node.name", "host.name", "cloud.region", "cloud.availability_zone"];

    // They restate that a request is bad, or differ from request to request.
    private static readonly string[] Restating =
    [
        "http.response.status_code", "http.status_code", "rpc.grpc.status_code", "rpc.response.status_code", "otel.status_code",
        "otel.status_description", "status.code", "k8s.pod.uid", "k8s.container.id", "container.id", "process.pid", "thread.id", "thread.name",
        "network.peer.port", "net.peer.port", "net.sock.peer.port", "client.port", "network.connection.id", "url.full", "http.url",
    ];

    /// <summary>The attribute with the values that go with the bad requests, best first; null where none does.</summary>
    public static BreakdownResult? Best(AttributeCounts counts)
    {
        var candidates = counts.Values
            .Where(value => !IsRestating(value.Key) && value.Bad >= Math.Min(2, counts.Bad))
            .Select(value => (value.Key, Strength: Strength(value, counts)))
            .GroupBy(value => value.Key, StringComparer.Ordinal)
            .Select(group => (Key: group.Key, Strength: group.Max(value => value.Strength)))
            .Where(candidate => candidate.Strength >= Weakest)
            .ToList();
        if (candidates.Count == 0) return null;
        var strongest = candidates.Max(candidate => candidate.Strength);
        var best = candidates
            .Where(candidate => candidate.Strength >= strongest - Tie)
            .OrderBy(candidate => Preference(candidate.Key))
            .ThenByDescending(candidate => candidate.Strength)
            .ThenBy(candidate => candidate.Key, StringComparer.Ordinal)
            .First();
        var items = counts.Values.Where(value => value.Key == best.Key).OrderByDescending(value => Strength(value, counts)).ThenByDescending(value => value.Bad);
        return new BreakdownResult(best.Key, [.. items.Select(value => Item(value, counts))]);
    }

    /// <summary>All values of one attribute among the bad requests, most frequent first; null where no bad request has it.</summary>
    public static BreakdownResult? ByKey(AttributeCounts counts, string key)
    {
        var items = counts.Values.Where(value => value.Key == key).OrderByDescending(value => value.Bad).ThenBy(value => value.Value, StringComparer.Ordinal).ToList();
        return items.Count == 0 ? null : new BreakdownResult(key, [.. items.Select(value => Item(value, counts))]);
    }

    private static bool IsRestating(string key) =>
        key.StartsWith("error.", StringComparison.Ordinal) || key.StartsWith("exception.", StringComparison.Ordinal)
        || key == "error" || Array.IndexOf(Restating, key) >= 0;

    private static int Preference(string key) => Array.IndexOf(Preferred, key) is >= 0 and var place ? place : Preferred.Length;

    // The phi coefficient of the two-by-two table: 1 where exactly the bad requests have the value, 0 where it is independent of them.
    private static double Strength(AttributeCount value, AttributeCounts counts)
    {
        double with = value.Bad + value.Good, all = counts.Bad + counts.Good, without = all - with;
        if (without <= 0 || counts.Good == 0) return counts.Good == 0 && value.Bad == counts.Bad ? Weakest : 0;
        var spread = Math.Sqrt(with * without * counts.Bad * counts.Good);
        return spread == 0 ? 0 : (((double)value.Bad * (counts.Good - value.Good)) - ((double)value.Good * (counts.Bad - value.Bad))) / spread;
    }

    private static BreakdownItem Item(AttributeCount value, AttributeCounts counts)
    {
        var share = counts.Bad == 0 ? 0 : (double)value.Bad / counts.Bad;
        // No good request has the value: half a request stands in, so that the ratio stays a number.
        var good = counts.Good == 0 ? 1 : Math.Max(value.Good, 0.5) / counts.Good;
        return new BreakdownItem(value.Value, value.Bad, share, Math.Round(share / good, 2));
    }
}
