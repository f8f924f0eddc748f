using Copilot.Analysis.Attribution;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Localization;

/// <summary>
/// Finds the attribute value that one service's (or peer's) trouble is confined to. Nothing is named that could be chance among all that
/// was looked at, that leaves a part of the trouble unexplained, or that came with the trouble instead of before it.
/// </summary>
internal sealed class ValueLocalizer(SampleRequests sample, TraitReader reader)
{
    /// <summary>What a node's place is looked for in: not what is a little surprising beside what is.</summary>
    public static List<Suspicion> ToldBy(NodeScore node)
    {
        var telling = node.Suspicions.Where(s => s.Requests.Count > 0).ToList();
        return telling.Count == 0 ? [] : [.. telling.Where(s => s.Surprise >= PlaceThresholds.Telling * telling.Max(t => t.Surprise))];
    }

    /// <param name="node">Whose trouble it is.</param>
    /// <param name="shared">Where it and others suffer together, where that is so.</param>
    /// <param name="name">How services and peers are called.</param>
    public CauseLocation? Find(NodeScore node, SharedPlace? shared, Func<int, string> name)
    {
        if (shared is not null)
            return Told(shared, node, name);
        var telling = ToldBy(node);
        if (telling.Count == 0)
            return null;
        var exposures = new Exposures(telling, sample.Bad);
        var now = exposures.In(sample.Bad, isBad: true);
        var usually = telling.Max(s => (double)s.BaseHits / Math.Max(1, s.BaseCount));
        // A request that never reached the node tells nothing of where in it the trouble is.
        var places = new TraitView(
            Places(now, sample.Bad, node.Node),
            () => [.. sample.Baselines.SelectMany(b => Places(Good(exposures, b), b, node.Node))]
        );
        var sayings = new TraitView(Said(now, sample.Bad), () => [.. sample.Baselines.SelectMany(b => Said(Good(exposures, b), b))]);
        return Confined(places, sayings, usually, now, name)
            ?? BroughtIn(places, now, name)
            ?? BroughtIn(sayings, now, name)
            ?? new GoneInstance(sample, reader).Find(node, name);
    }

    /// <summary>What some have and others have not.</summary>
    private CauseLocation? Confined(TraitView places, TraitView sayings, double usually, List<Exposure> now, Func<int, string> name)
    {
        var candidates = places
            .Tally.Counts(PlaceThresholds.FewestHits, byOwner: false)
            .Concat(sayings.Tally.Counts(PlaceThresholds.FewestHits, byOwner: false))
            .ToList();
        var needed = Normal.FromUpperTail(PlaceThresholds.FalseNames / Math.Max(1, candidates.Count));
        var good = TraitKeys
            .MostTelling(candidates.Where(c => c.Surprise >= needed && IsConfined(c, Of(c).Tally.Hits, Of(c).Tally.All, usually)))
            .Where(c => c.Trait.Level == AttributeLevel.Resource || IsFromBefore(c, sayings))
            .ToList();
        if (good.Count == 0)
            return null;
        var alike = good.Where(c => (c.Hits, c.Count) == (good[0].Hits, good[0].Count) && c.Trait.Level == good[0].Trait.Level).ToList();
        // A pod of a version that nobody ran before is bad for its version.
        var best = alike.Find(c => TraitKeys.IsVersion(c.Trait.Key) && Of(c).CountBefore(c.Trait) == 0) ?? alike[0];
        return Told(best.Trait, now) with
        {
            Carrier = name(Of(best).Carrier(best.Trait)),
            Hits = best.Hits,
            Count = best.Count,
            OtherHits = Of(best).Tally.Hits - best.Hits,
            OtherCount = Of(best).Tally.All - best.Count,
            Surprise = Math.Round(best.Surprise, 1),
            Alike = [.. alike.Where(c => c != best).Select(c => c.Trait.Condition)],
        };

        TraitView Of(TraitCount count) => count.Trait.Level == AttributeLevel.Resource ? places : sayings;
    }

    /// <summary>A version or a flag's variant that as good as all requests have, and as good as none before the trouble had.</summary>
    private CauseLocation? BroughtIn(TraitView view, List<Exposure> now, Func<int, string> name)
    {
        var fresh = view
            .Now.SelectMany(u => u.Traits.Select(t => t.Trait).Distinct())
            .CountBy(t => t)
            .Where(c =>
                TraitKeys.IsRollout(c.Key.Key)
                && c.Value >= PlaceThresholds.NearlyAll * view.Now.Count
                && view.Before.Count >= PlaceThresholds.EnoughBefore
                && view.CountBefore(c.Key) <= (1 - PlaceThresholds.NearlyAll) * view.Before.Count
            )
            .OrderBy(c => TraitKeys.IsVersion(c.Key.Key))
            .ThenBy(c => c.Key.Key, StringComparer.Ordinal)
            .ToList();
        if (fresh.Count == 0)
            return null;
        var (trait, count) = (fresh[0].Key, fresh[0].Value);
        var hits = view.Now.Count(u => u.IsHit && u.Traits.Any(t => t.Trait == trait));
        return hits < PlaceThresholds.FewestHits
            ? null
            : Told(trait, now) with
            {
                Kind = LocationKind.BroughtIn,
                Carrier = name(view.Carrier(trait)),
                Hits = hits,
                Count = count,
                OtherCount = view.Before.Count - view.CountBefore(trait),
                Surprise = Math.Round(Proportions.Surprise(hits, count, 0, view.Before.Count), 1),
                Alike = [.. fresh.Skip(1).Select(c => c.Key.Condition)],
            };
    }

    private CauseLocation Told(SharedPlace shared, NodeScore node, Func<int, string> name) =>
        Told(shared.Count.Trait, new Exposures(ToldBy(node), sample.Bad).In(sample.Bad, isBad: true)) with
        {
            Carrier = name(node.Node),
            Hits = shared.Count.Hits,
            Count = shared.Count.Count,
            OtherHits = shared.OtherHits,
            OtherCount = shared.OtherCount,
            Surprise = Math.Round(shared.Count.Surprise, 1),
            Services = [.. shared.Services.Select(name)],
            Alike = [.. shared.Alike.Select(t => t.Condition)],
        };

    private CauseLocation Told(Trait trait, List<Exposure> now) =>
        new()
        {
            Attribute = trait.Key,
            Value = trait.Value,
            Level = trait.Level,
            IsSample =
                sample.Baselines.Append(sample.Bad).Any(s => s.Sample.Weight > 1)
                || (trait.Level == AttributeLevel.Span && now.Exists(e => reader.Sayings(e, sample.Bad) is null)),
            TraceIds =
            [
                .. now.Where(e =>
                        e.IsHit
                        && (
                            trait.Level == AttributeLevel.Resource ? reader.Places(e, sample.Bad) : reader.Sayings(e, sample.Bad) ?? []
                        ).Any(t => t.Trait == trait)
                    )
                    .Select(e => e.Request.Trace)
                    .Distinct()
                    .Take(PlaceThresholds.MostTraces)
                    .Select(t => sample.Bad.Sample.TraceIds[t]),
            ],
        };

    /// <summary>Those with it suffer, the others as good as not: no more than is usual anyway.</summary>
    public static bool IsConfined(TraitCount count, int allHits, int all, double usually)
    {
        var (others, othersHit) = (all - count.Count, allHits - count.Hits);
        return others >= PlaceThresholds.FewestOthers
            && othersHit - (usually * others) <= PlaceThresholds.Elsewhere * count.Hits
            && (double)count.Hits / count.Count >= PlaceThresholds.Lift * othersHit / others;
    }

    /// <summary>A request that never reached the node tells nothing of where in it the trouble is; for a peer it counts where it is called
    /// from.</summary>
    private List<TraitUnit> Places(IEnumerable<Exposure> exposures, RequestSet set, int node) =>
        [
            .. exposures
                .Select(e => new TraitUnit(
                    e.Kin,
                    e.IsHit,
                    [.. reader.Places(e, set).Where(p => p.Owner == node || !sample.IsService(node)).Distinct()]
                ))
                .Where(u => u.Traits.Count > 0),
        ];

    /// <summary>
    /// The same trace may make many requests that say the same, so traces are counted. Requests whose spans were not read tell nothing.
    /// </summary>
    private List<TraitUnit> Said(IEnumerable<Exposure> exposures, RequestSet set) =>
        [
            .. exposures
                .Select(e => (Exposure: e, Said: reader.Sayings(e, set)))
                .Where(e => e.Said is not null)
                .GroupBy(e => (e.Exposure.Request.Trace, e.Exposure.Kin))
                .Select(g => new TraitUnit(
                    g.Key.Kin,
                    g.Any(e => e.Exposure.IsHit),
                    [.. g.SelectMany(e => e.Said!).DistinctBy(s => s.Trait)]
                )),
        ];

    private static IEnumerable<Exposure> Good(Exposures exposures, RequestSet baseline) =>
        exposures.In(baseline, isBad: false).Where(e => !e.Request.Failed);

    private static bool IsFromBefore(TraitCount count, TraitView view) =>
        TraitKeys.IsRollout(count.Trait.Key)
        || (
            view.CountBefore(count.Trait) is var with
            && with >= PlaceThresholds.KnownFromBefore
            && Proportions.Surprise(count.Count, view.Now.Count, with, view.Before.Count) < PlaceThresholds.Surging
        );
}
