using Copilot.Analysis.Attribution;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;

namespace Copilot.Analysis.Localization;

/// <summary>
/// Finds where several services suffer together: on one host, in one zone, in one region. Each service is compared with itself
/// elsewhere, so a place is not suspected for the services that happen to run there; and what the others show must be surprising
/// without the one that shows most, or it is that one's trouble and the place a bystander.
/// </summary>
internal sealed class SharedValueLocalizer(SampleRequests sample, TraitReader reader)
{
    /// <param name="nodes">Everything suspicious, weighed.</param>
    public SharedPlace? Find(IReadOnlyList<NodeScore> nodes)
    {
        var suspicions = nodes.SelectMany(n => n.Suspicions).Where(s => s.Requests.Count > 0).ToList();
        if (suspicions.Count < SharedPlaceThresholds.FewestServices || !reader.KnowsResources)
            return null;
        var units = new Exposures(suspicions, sample.Bad)
            .In(sample.Bad, isBad: true)
            .Select(e => new TraitUnit(e.Kin, e.IsHit, [.. reader.Places(e, sample.Bad).Distinct()]))
            .ToList();
        var usually = suspicions.Sum(s => s.BaseHits) / (double)Math.Max(1, suspicions.Sum(s => s.BaseCount));
        var candidates = new TraitTally(units)
            .Counts(PlaceThresholds.FewestHits, byOwner: true)
            .Where(c => c.Strata.Keys.Select(k => k.Owner).Distinct().Count() >= SharedPlaceThresholds.FewestServices)
            .ToList();
        var needed = Normal.FromUpperTail(PlaceThresholds.FalseNames / Math.Max(1, candidates.Count));
        var residence = new Lazy<Residence>(() => new Residence(sample, reader));
        var sick = nodes.Where(n => n.Surprise >= SharedPlaceThresholds.Sick && sample.IsService(n.Node)).Select(n => n.Node).ToHashSet();
        foreach (var candidate in TraitKeys.MostTelling(candidates.Where(c => c.Surprise >= needed)))
        {
            var byOwner = candidate
                .Strata.Keys.Select(k => k.Owner)
                .Distinct()
                .Select(o => (Owner: o, Count: candidate.Of(owner => owner == o)))
                .ToList();
            var strongest = byOwner.MaxBy(o => o.Count.Surprise).Owner;
            var others = candidate.Of(owner => owner != strongest).Strata.Values;
            if (
                Strata.Surprise([.. others, residence.Value.Services(candidate.Trait, sick.Where(s => s != strongest).ToHashSet())])
                < needed
            )
                continue;
            var suffering = byOwner
                .Where(o =>
                    o.Count.Surprise >= SharedPlaceThresholds.Showing
                    || (sick.Contains(o.Owner) && residence.Value.IsOnlyAt(o.Owner, candidate.Trait))
                )
                .Select(o => o.Owner)
                .ToHashSet();
            var count = candidate.Of(suffering.Contains);
            var (all, allHits) = (count.Strata.Values.Sum(s => s.All), count.Strata.Values.Sum(s => s.AllHits));
            var services = nodes.Select(n => n.Node).Where(suffering.Contains).ToList();
            if (
                services.Count < SharedPlaceThresholds.FewestServices
                || (allHits - count.Hits) - (usually * (all - count.Count)) > SharedPlaceThresholds.Elsewhere * count.Hits
            )
                continue;
            var alike = candidates
                .Where(c => c != candidate && (c.Hits, c.Count, c.Surprise) == (candidate.Hits, candidate.Count, candidate.Surprise))
                .Select(c => c.Trait)
                .ToList();
            return new SharedPlace(count, services, allHits - count.Hits, all - count.Count, alike);
        }

        return null;
    }
}

/// <summary>A host, a zone or the like in which several services suffer, and hardly any of them anywhere else.</summary>
/// <param name="Count">What of its services' requests suffers there.</param>
/// <param name="Services">The services, the worst first.</param>
/// <param name="OtherHits">Requests of the same services that suffer elsewhere,</param>
/// <param name="OtherCount">of so many.</param>
/// <param name="Alike">What just the same requests have.</param>
internal sealed record SharedPlace(TraitCount Count, IReadOnlyList<int> Services, int OtherHits, int OtherCount, IReadOnlyList<Trait> Alike)
{
    /// <summary>The services' trouble starts there: the worst of them stands for it, before whoever only suffers from them.</summary>
    public IReadOnlyList<NodeScore> First(IReadOnlyList<NodeScore> nodes)
    {
        var worst = nodes.First(n => Services.Contains(n.Node));
        return [worst with { Score = nodes[0].Score }, .. nodes.Where(n => n != worst)];
    }
}
