using Copilot.Analysis.Blame;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Places;

/// <summary>
/// Finds the attribute value that one service's (or peer's) trouble is confined to. Nothing is named that could be chance among all that
/// was looked at, that leaves a part of the trouble unexplained, or that came with the trouble instead of before it.
/// </summary>
internal sealed class PlaceFinder(SampleRequests sample, SampleAttributes attributes)
{
    /// <summary>Fewer hits have most things in common anyway.</summary>
    public const int Fewest = 3;

    /// <summary>After the correction for all values looked at: one wrong name in a hundred cases that have no place.</summary>
    public const double FalseNames = 0.01;

    private const int FewestOthers = 5;

    /// <summary>Others may be hit by chance, not as a part of the trouble.</summary>
    private const double Elsewhere = 0.2;

    private const double Lift = 3;

    /// <summary>What requests say of themselves must have been said in good times too, and not much less often.</summary>
    private const int KnownFromBefore = 2;

    private const double Surging = 2.5;

    private const double Telling = 0.5;

    private const int Traces = 10;

    private readonly TraitReader _reader = new(sample, attributes);

    /// <summary>What a node's place is looked for in: not what is a little surprising beside what is.</summary>
    public static List<Suspicion> ToldBy(NodeScore node)
    {
        var telling = node.Suspicions.Where(s => s.Requests.Count > 0).ToList();
        return telling.Count == 0 ? [] : [.. telling.Where(s => s.Surprise >= Telling * telling.Max(t => t.Surprise))];
    }

    /// <param name="node">Whose trouble it is.</param>
    /// <param name="shared">Where it and others suffer together, where that is so.</param>
    /// <param name="name">How services and peers are called.</param>
    public CausePlace? Find(NodeScore node, SharedPlace? shared, Func<int, string> name)
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
        var units = now.Select(e => new TraitUnit(e.Kin, e.IsHit, [.. _reader.Places(e, sample.Bad).Where(p => p.Owner == node.Node || !sample.IsService(node.Node)).Distinct()]))
            .Where(u => u.Traits.Count > 0).ToList();
        var places = new TraitTally(units);
        var said = Said(now, sample.Bad);
        var sayings = new TraitTally([.. said.Select(s => s.Unit)]);
        var candidates = places.Counts(Fewest, byOwner: false).Concat(sayings.Counts(Fewest, byOwner: false)).ToList();
        var needed = Normal.FromUpperTail(FalseNames / Math.Max(1, candidates.Count));
        var before = new Lazy<List<TraitUnit>>(() => [.. sample.Baselines.SelectMany(b => Said(exposures.In(b, isBad: false), b)).Where(s => !s.Failed).Select(s => s.Unit)]);
        var good = TraitKeys.MostTelling(candidates.Where(c => c.Surprise >= needed && IsConfined(c, Of(c).Hits, Of(c).All, usually)))
            .Where(c => c.Trait.Level == Trait.OfResource || IsFromBefore(c, sayings.All, before.Value)).ToList();
        if (good.Count == 0)
            return null;
        var alike = good.Where(c => (c.Hits, c.Count) == (good[0].Hits, good[0].Count) && c.Trait.Level == good[0].Trait.Level).ToList();
        var best = alike.Find(c => IsNewVersion(c.Trait, node.Node)) ?? alike[0];
        var of = Of(best);
        var carriers = (best.Trait.Level == Trait.OfResource ? units : said.Select(s => s.Unit)).SelectMany(u => u.Traits).Where(t => t.Trait == best.Trait).CountBy(t => t.Owner);
        return new CausePlace
        {
            Attribute = best.Trait.Key,
            Value = best.Trait.Value,
            Level = best.Trait.Level,
            Carrier = name(carriers.MaxBy(c => c.Value).Key),
            Hits = best.Hits,
            Count = best.Count,
            OtherHits = of.Hits - best.Hits,
            OtherCount = of.All - best.Count,
            Surprise = Math.Round(best.Surprise, 1),
            Alike = [.. alike.Where(c => c != best).Select(c => $"{c.Trait.Key} = {c.Trait.Value}")],
            TraceIds = TracesWith(best.Trait, now),
        };

        TraitTally Of(TraitCount count) => count.Trait.Level == Trait.OfResource ? places : sayings;
    }

    private CausePlace Told(SharedPlace shared, NodeScore node, Func<int, string> name)
    {
        var trait = shared.Count.Trait;
        return new CausePlace
        {
            Attribute = trait.Key,
            Value = trait.Value,
            Level = trait.Level,
            Carrier = name(node.Node),
            Hits = shared.Count.Hits,
            Count = shared.Count.Count,
            OtherHits = shared.OtherHits,
            OtherCount = shared.OtherCount,
            Surprise = Math.Round(shared.Count.Surprise, 1),
            Services = [.. shared.Services.Select(name)],
            TraceIds = TracesWith(trait, new Exposures(ToldBy(node), sample.Bad).In(sample.Bad, isBad: true)),
        };
    }

    /// <summary>Those with it suffer, the others as good as not: no more than is usual anyway.</summary>
    public static bool IsConfined(TraitCount count, int allHits, int all, double usually)
    {
        var (others, othersHit) = (all - count.Count, allHits - count.Hits);
        return others >= FewestOthers
            && othersHit - (usually * others) <= Elsewhere * count.Hits
            && (double)count.Hits / count.Count >= Lift * othersHit / others;
    }

    /// <summary>
    /// The same trace may make many requests that say the same, so traces are counted. Requests whose spans were not read tell nothing.
    /// </summary>
    private List<(TraitUnit Unit, bool Failed)> Said(IEnumerable<Exposure> exposures, RequestSet set) =>
    [
        .. exposures.Select(e => (Exposure: e, Said: _reader.Sayings(e, set))).Where(e => e.Said is not null)
            .GroupBy(e => (e.Exposure.Request.Trace, e.Exposure.Kin))
            .Select(g => (new TraitUnit(g.Key.Kin, g.Any(e => e.Exposure.IsHit), [.. g.SelectMany(e => e.Said!).DistinctBy(s => s.Trait)]), g.Any(e => e.Exposure.Request.Failed))),
    ];

    private static bool IsFromBefore(TraitCount count, int all, List<TraitUnit> before)
    {
        var with = before.Count(u => u.Traits.Any(t => t.Trait == count.Trait));
        return TraitKeys.IsRollout(count.Trait.Key)
            || (with >= KnownFromBefore && Proportions.Surprise(count.Count, all, with, before.Count) < Surging);
    }

    /// <summary>A pod of a version that nobody ran before is bad for its version.</summary>
    private bool IsNewVersion(Trait trait, int node)
    {
        if (!TraitKeys.IsVersion(trait.Key))
            return false;
        return trait.Level == Trait.OfResource && !sample.Baselines.Any(b => b.Requests.Any(
            r => r.Service == node && _reader.Places(new Exposure(r, false, []), b).Any(p => p.Trait == trait)));
    }

    private List<Copilot.Telemetry.Spans.TraceId> TracesWith(Trait trait, List<Exposure> now) =>
    [
        .. now.Where(e => e.IsHit && (trait.Level == Trait.OfResource ? _reader.Places(e, sample.Bad) : _reader.Sayings(e, sample.Bad) ?? []).Any(t => t.Trait == trait))
            .Select(e => e.Request.Trace).Distinct().Take(Traces).Select(t => sample.Bad.Sample.TraceIds[t]),
    ];
}
