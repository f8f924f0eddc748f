namespace Copilot.Analysis.Tests.Simulation.Places;

/// <summary>What a made-up system's requests are about. The first topic is the tenant.</summary>
internal sealed class SimTopics
{
    private static readonly string[] Keys =
    [
        "payment.method",
        "app.customer.tier",
        "feature_flag.result.variant",
        "geo.country",
        "device",
        "cart.size",
        "currency",
        "client.build",
        "locale",
        "channel",
    ];

    private readonly Random _draws;

    public SimTopics(int seed, IReadOnlyList<SimService> services, int tenants)
    {
        var random = new Random(unchecked((seed * 104729) + 3));
        _draws = new Random(unchecked((seed * 15485863) + 5));
        All.Add(Topic("tenant" + (random.Next(2) == 0 ? ".id" : ""), tenants));
        foreach (var key in Keys.OrderBy(_ => random.Next()).Take(random.Next(2, 6)))
            All.Add(Topic(key, random.Next(2, 9)));
        // So many values that nothing can be said by it.
        All.Add(Topic("user.id", 5000));

        SimTopic Topic(string key, int values)
        {
            var some = services.Where(_ => random.NextDouble() < 0.5).Select(s => s.Name).ToHashSet();
            return new SimTopic(
                key,
                [.. Enumerable.Range(0, values).Select(v => $"{key[..2]}{v}")],
                random.Next(3) == 0,
                random.Next(2) == 0 ? some : []
            );
        }
    }

    public List<SimTopic> All { get; } = [];

    /// <summary>What one trace is about: for each topic the number of its value.</summary>
    public int[] Draw(int tenant) =>
        [
            tenant,
            .. All.Skip(1)
                .Select(t =>
                    t.Values.Count > 100 ? _draws.Next(t.Values.Count) : (int)(t.Values.Count * Math.Pow(_draws.NextDouble(), 1.5))
                ),
        ];
}
