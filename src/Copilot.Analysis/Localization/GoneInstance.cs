using Copilot.Analysis.Attribution;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Localization;

/// <summary>
/// Finds the instance that served its share of a service's requests before and serves none now, while callers wait for answers in vain:
/// what is dead sends nothing that could be compared.
/// </summary>
internal sealed class GoneInstance(SampleRequests sample, TraitReader reader)
{
    public CauseLocation? Find(NodeScore node, Func<int, string> name)
    {
        // Calls that come to nothing are what a dead instance leaves; a deploy exchanges them all and leaves none.
        if (
            !sample.IsService(node.Node)
            || !node.Suspicions.Any(s => s.Kind is SignalKind.Silence or SignalKind.Gap or SignalKind.Errors && s.SeenAt >= 0)
        )
            return null;
        var now = Instances(sample.Bad, node.Node);
        var before = sample.Baselines.Select(b => Instances(b, node.Node)).Where(b => b.Count > 0).ToList();
        if (before.Count == 0 || now.Keys.Any(i => !before.Exists(b => b.ContainsKey(i))))
            return null;
        var (all, allBefore) = (now.Values.Sum(), before.Sum(b => b.Values.Sum()));
        // An instance that some good window did not know had left before.
        var gone = before[0].Keys.Where(i => !now.ContainsKey(i) && before.TrueForAll(b => b.ContainsKey(i))).ToList();
        if (gone.Count != 1)
            return null;
        var served = before.Sum(b => b[gone[0]]);
        var surprise = Proportions.Surprise(served, allBefore, 0, all);
        if (surprise < Normal.FromUpperTail(GoneInstanceThresholds.ByChance / (now.Count + 1)))
            return null;
        var traits = Traits(gone[0], node.Node);
        return traits.Count == 0
            ? null
            : new CauseLocation
            {
                Kind = LocationKind.Gone,
                Attribute = traits[0].Key,
                Value = traits[0].Value,
                Level = traits[0].Level,
                Carrier = name(node.Node),
                Hits = 0,
                Count = all,
                OtherHits = served,
                OtherCount = allBefore,
                Surprise = Math.Round(surprise, 1),
            };
    }

    private static Dictionary<int, int> Instances(RequestSet set, int service) =>
        set.Requests.Where(r => r.Counts && r.Service == service && r.Instance >= 0).CountBy(r => r.Instance).ToDictionary();

    /// <summary>What the instance is known by: the attributes that none of the service's others has.</summary>
    private List<Trait> Traits(int instance, int service)
    {
        var own = Of(r => r.Instance == instance);
        own.ExceptWith(Of(r => r.Instance != instance));
        return
        [
            .. own.Where(t => t.Value == sample.Names[instance])
                .OrderBy(t => BreakdownRanker.TieOrder(t.Key))
                .ThenBy(t => t.Key, StringComparer.Ordinal),
        ];

        HashSet<Trait> Of(Func<Request, bool> isWanted) =>
            sample
                .Baselines.SelectMany(b =>
                    b.Requests.Where(r => r.Service == service && isWanted(r)).SelectMany(r => reader.Places(new Exposure(r, false, []), b))
                )
                .Select(p => p.Trait)
                .ToHashSet();
    }
}

/// <summary>Which services run in one place only: they cannot be compared with themselves elsewhere, but with each other.</summary>
internal sealed class Residence
{
    private readonly Dictionary<int, HashSet<Trait>> _everywhere = [];

    public Residence(SampleRequests sample, TraitReader reader)
    {
        foreach (var service in sample.Bad.Requests.GroupBy(r => r.Service).Where(g => g.Count() >= GoneInstanceThresholds.FewestRequests))
        {
            foreach (var request in service)
            {
                var places = reader.Places(new Exposure(request, false, []), sample.Bad).Select(p => p.Trait);
                if (_everywhere.TryGetValue(service.Key, out var known))
                    known.IntersectWith(places);
                else
                    _everywhere.Add(service.Key, [.. places]);
            }
        }
    }

    /// <summary>All of its requests are served there.</summary>
    public bool IsOnlyAt(int service, Trait trait) => _everywhere.TryGetValue(service, out var places) && places.Contains(trait);

    /// <summary>Of the services that run in one place only, as far as this attribute goes: those that run there, and those that
    /// suffer.</summary>
    public Stratum Services(Trait trait, IReadOnlySet<int> suffering)
    {
        var single = _everywhere.Where(s => s.Value.Any(t => t.Level == trait.Level && t.Key == trait.Key)).ToList();
        var there = single.Where(s => s.Value.Contains(trait)).ToList();
        return new Stratum(
            there.Count(s => suffering.Contains(s.Key)),
            there.Count,
            single.Count(s => suffering.Contains(s.Key)),
            single.Count
        );
    }
}
