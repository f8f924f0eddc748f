namespace Copilot.Analysis.Places.Traits;

/// <summary>What the attributes of one level tell of the requests that could have met the trouble, and of their like in good times.</summary>
/// <param name="now">Those of the bad window.</param>
/// <param name="before">Those of good windows, made when they are needed.</param>
internal sealed class TraitView(List<TraitUnit> now, Func<List<TraitUnit>> before)
{
    public List<TraitUnit> Now => now;

    public List<TraitUnit> Before => field ??= before();

    public TraitTally Tally { get; } = new(now);

    public int CountBefore(Trait trait) => Before.Count(u => u.Traits.Any(t => t.Trait == trait));

    /// <summary>Whoever has the trait most often.</summary>
    public int Carrier(Trait trait) => now.SelectMany(u => u.Traits).Where(t => t.Trait == trait).CountBy(t => t.Owner).MaxBy(c => c.Value).Key;
}
