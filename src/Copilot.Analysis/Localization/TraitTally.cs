using Copilot.Analysis.Statistics;

namespace Copilot.Analysis.Localization;

/// <summary>Which requests, hit and not, have which traits, by their operation.</summary>
/// <param name="units">What is counted: requests or traces, with their traits.</param>
internal sealed class TraitTally(IReadOnlyList<TraitUnit> units)
{
    /// <summary>The owner where it does not matter who has the trait.</summary>
    private const int Anyone = -1;

    public int Hits { get; } = units.Count(u => u.IsHit);

    public int All => units.Count;

    /// <summary>Every trait that so many of the hit ones have and some others have not.</summary>
    public List<TraitCount> Counts(int fewest, bool byOwner)
    {
        var all = new Dictionary<((int, int) Kin, int Owner), (int Hits, int Count)>();
        var counts = new Dictionary<Trait, Dictionary<((int, int) Kin, int Owner), (int Hits, int Count)>>();
        foreach (var unit in units)
        {
            // Whom a request did not reach it cannot have suffered from.
            foreach (var owner in byOwner ? unit.Traits.Select(t => t.Owner).Distinct() : [Anyone])
                Add(all, (unit.Kin, owner), unit.IsHit);
            foreach (var (trait, owner) in byOwner ? unit.Traits : unit.Traits.Select(t => (t.Trait, Owner: Anyone)).Distinct())
            {
                if (!counts.TryGetValue(trait, out var of))
                    counts.Add(trait, of = []);
                Add(of, (unit.Kin, owner), unit.IsHit);
            }
        }

        return
        [
            .. counts
                .Where(c => c.Value.Values.Sum(s => s.Hits) >= fewest)
                .Select(c => new TraitCount(
                    c.Key,
                    c.Value.ToDictionary(k => k.Key, k => new Stratum(k.Value.Hits, k.Value.Count, all[k.Key].Hits, all[k.Key].Count))
                ))
                .Where(c => c.Strata.Values.Any(s => s.Count < s.All)),
        ];
    }

    private static void Add(Dictionary<((int, int), int), (int Hits, int Count)> counts, ((int, int), int) key, bool isHit)
    {
        var (hits, count) = counts.GetValueOrDefault(key);
        counts[key] = (hits + (isHit ? 1 : 0), count + 1);
    }
}
