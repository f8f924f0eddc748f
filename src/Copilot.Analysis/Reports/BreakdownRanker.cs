using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;

namespace Copilot.Analysis.Reports;

/// <summary>
/// Finds what sets the bad requests apart: every value of every attribute is tested against the good requests, with the
/// correction for having looked at so many, and the attributes are ranked by their most telling value.
/// </summary>
public static class BreakdownRanker
{
    /// <summary>Where values say the same, the one an engineer can act on comes first.</summary>
    private static readonly string[] Ties =
    [
        "k8s.pod.name",
        "service.instance.id",
        "k8s.node.name",
        "host.name",
        "cloud.region",
        "service.version",
    ];

    /// <summary>These only restate that a request is bad.</summary>
    private static readonly string[] Outcomes = ["error.", "exception.", "otel.status", "status_code", "status.code", "status_message"];

    /// <summary>These tell connections and threads apart, not causes.</summary>
    private static readonly HashSet<string> Connections = new(StringComparer.Ordinal)
    {
        "client.port",
        "network.peer.port",
        "net.peer.port",
        "net.sock.peer.port",
        "net.host.port",
        "network.local.port",
        "source.port",
        "thread.id",
        "thread.name",
        "process.pid",
        "network.connection.id",
        "messaging.message.id",
        "http.request_id",
        "session.id",
    };

    /// <summary>Attributes that set the bad requests apart, the most telling first; none where nothing does.</summary>
    public static IReadOnlyList<Breakdown> Rank(long bad, long good, IEnumerable<AttributeTally> tallies)
    {
        if (bad < BreakdownThresholds.FewestBad || good < BreakdownThresholds.FewestBad)
            return [];
        var considered = tallies.Where(t => !IsExcluded(t.Key)).ToList();
        var tests = Math.Max(1, considered.Count(t => t.Bad >= BreakdownThresholds.FewestBad));
        var needed = Normal.FromUpperTail(BreakdownThresholds.FalseFindings / tests);
        return
        [
            .. considered
                .Where(t => t.Bad >= BreakdownThresholds.FewestBad)
                .GroupBy(t => (t.Level, t.Key))
                .Select(g => new Breakdown
                {
                    Level = g.Key.Level,
                    Attribute = g.Key.Key,
                    Values =
                    [
                        .. g.Select(t => Judge(t, bad, good))
                            .Where(v => v.Lift > 1 && v.Surprise >= needed)
                            .OrderByDescending(v => v.Surprise)
                            .ThenByDescending(v => v.Count)
                            .ThenBy(v => v.Value, StringComparer.Ordinal),
                    ],
                })
                .Where(b => b.Values.Count > 0)
                .OrderByDescending(b => Math.Round(b.Values[0].Surprise, 3))
                .ThenBy(b => TieOrder(b.Attribute))
                .ThenBy(b => b.Attribute, StringComparer.Ordinal),
        ];
    }

    /// <summary>True for attributes that no break-down is made by, unless a question names them.</summary>
    public static bool IsExcluded(string key) =>
        key is "error" or "status"
        || Connections.Contains(key)
        || Outcomes.Any(o => o.EndsWith('.') ? key.StartsWith(o, StringComparison.Ordinal) : key.Contains(o, StringComparison.Ordinal));

    private static BreakdownValue Judge(AttributeTally tally, long bad, long good)
    {
        var share = (double)tally.Bad / bad;
        var lift = share / (Math.Max(tally.Good, BreakdownThresholds.None) / good);
        return new BreakdownValue(
            tally.Value,
            tally.Bad,
            Math.Round(share, 6),
            Math.Round(lift, 4),
            Proportions.Surprise((int)tally.Bad, (int)bad, (int)tally.Good, (int)good)
        );
    }

    /// <summary>Where in that order an attribute stands; the others come last.</summary>
    internal static int TieOrder(string attribute) => Array.IndexOf(Ties, attribute) is var at and >= 0 ? at : Ties.Length;
}

/// <summary>One attribute with the values that set the bad requests apart, best first.</summary>
public sealed record Breakdown
{
    public required string Level { get; init; }

    public required string Attribute { get; init; }

    public required IReadOnlyList<BreakdownValue> Values { get; init; }
}

/// <summary>A value that sets the bad requests apart.</summary>
/// <param name="Count">Bad requests with it.</param>
/// <param name="Share">Of all bad requests.</param>
/// <param name="Lift">Its share among the bad ÷ its share among the good; a good count of zero counts as a half.</param>
/// <param name="Surprise">In standard deviations.</param>
public sealed record BreakdownValue(string Value, long Count, double Share, double Lift, double Surprise);

/// <summary>How many bad and good requests carry a value of an attribute.</summary>
/// <param name="Level"><c>span</c> or <c>resource</c>.</param>
public sealed record AttributeTally(string Level, string Key, string Value, long Bad, long Good);
