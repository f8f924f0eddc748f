namespace Copilot.Analysis.Tests.Simulation.Places;

/// <summary>Kinds of trouble that one attribute value sets apart, each with a random place and strength.</summary>
internal sealed class SimPlaceFaults(SimSystem system, Random random, IReadOnlyList<SimOperation> busy)
{
    public static IReadOnlyList<string> Kinds { get; } = ["bad host", "bad zone", "bad canary", "bad value", "bad value told at the entry"];

    /// <summary>Hosts and zones are bad for so many services at once.</summary>
    private const int FewestServices = 3;

    /// <returns>Null where the system has no place for such trouble.</returns>
    public SimFault? Make(string kind) =>
        kind switch
        {
            "bad host" => Shared(kind, (s, pod) => system.Layout.HostOf(s, pod), system.Layout.HostKey, system.Layout.HostName),
            "bad zone" => Shared(kind, (s, pod) => system.Layout.ZoneOf(s, pod), system.Layout.ZoneKey, SimLayout.ZoneName),
            "bad canary" => Canary(kind),
            "bad value" => Value(kind, o => o.Service.Layer > 0, (topic, o) => !topic.IsOnEntry && topic.IsSaidBy(o.Service)),
            _ => Value(kind, o => o.Service.Layer > 1, (topic, _) => topic.IsOnEntry),
        };

    private SimFault? Shared(string kind, Func<SimService, int, int> placeOf, string key, Func<int, string> name)
    {
        var places = busy.Select(o => o.Service)
            .Distinct()
            .SelectMany(s => Enumerable.Range(0, s.Pods).Select(pod => (Service: s, Place: placeOf(s, pod))))
            .GroupBy(p => p.Place, p => p.Service)
            .Where(g => g.Distinct().Count() >= FewestServices)
            .ToList();
        if (places.Count == 0)
            return null;
        var chosen = places[random.Next(places.Count)];
        var strong = 2.5 * (1 + random.NextDouble());
        var fails = system.Style.HasStatus && random.Next(2) == 0;
        return new SimFault
        {
            Kind = kind,
            Causes = chosen.Select(s => s.Name).ToHashSet(),
            Places = new HashSet<(string, string)> { (key, name(chosen.Key)) },
            OwnMs = (w, ms) => !fails && placeOf(w.Service, w.Pod) == chosen.Key ? (ms * strong) + 10 : ms,
            Throws = w => fails && placeOf(w.Service, w.Pod) == chosen.Key && w.Chance(0.12 * strong),
        };
    }

    private SimFault? Canary(string kind)
    {
        var fits = busy.Where(o => o.Service.Pods > 1 && (system.Style.HasStatus || system.Style.HasLogs)).ToList();
        if (fits.Count == 0)
            return null;
        var operation = fits[random.Next(fits.Count)];
        var pods = random.Next(1, operation.Service.Pods);
        return new SimFault
        {
            Kind = kind,
            Causes = new HashSet<string> { operation.Service.Name },
            Changed = operation.Service.Name,
            Places = new HashSet<(string, string)> { (system.Layout.VersionKey, "9.9.9-rc") },
            NewVersion = (s, pod) => s == operation.Service && pod < pods ? "9.9.9-rc" : null,
            Throws = w => w.Service == operation.Service && w.Pod < pods && w.Chance(0.8),
        };
    }

    private SimFault? Value(string kind, Func<SimOperation, bool> fits, Func<SimTopic, SimOperation, bool> isSaid)
    {
        var all = busy.Where(o => fits(o) && (system.Style.HasStatus || system.Style.HasLogs))
            .SelectMany(o => system.Topics.All.Select((topic, at) => (Operation: o, Topic: topic, At: at)))
            .Where(c => c.Topic.Values.Count < 100 && isSaid(c.Topic, c.Operation))
            .ToList();
        if (all.Count == 0)
            return null;
        var (operation, topic, at) = all[random.Next(all.Count)];
        var value = random.Next(Math.Min(4, topic.Values.Count));
        var fails = random.Next(2) == 0;
        return new SimFault
        {
            Kind = kind,
            Causes = new HashSet<string> { operation.Service.Name },
            Places = new HashSet<(string, string)> { (topic.Key, topic.Values[value]) },
            Throws = w => fails && w.Operation == operation && w.About[at] == value && w.Chance(0.9),
            OwnMs = (w, ms) => !fails && w.Operation == operation && w.About[at] == value ? (ms * 4) + 60 : ms,
        };
    }
}
