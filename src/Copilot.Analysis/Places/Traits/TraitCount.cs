using Copilot.Analysis.Statistics;

namespace Copilot.Analysis.Places.Traits;

/// <summary>How many with a trait are hit, by operation and by the service that has the trait.</summary>
internal sealed class TraitCount(Trait trait, IReadOnlyDictionary<((int Service, int Operation) Kin, int Owner), Stratum> strata)
{
    public Trait Trait => trait;

    public IReadOnlyDictionary<((int Service, int Operation) Kin, int Owner), Stratum> Strata => strata;

    public int Hits { get; } = strata.Values.Sum(s => s.Hits);

    public int Count { get; } = strata.Values.Sum(s => s.Count);

    /// <summary>In standard deviations.</summary>
    public double Surprise { get => field < 0 ? field = Statistics.Strata.Surprise([.. strata.Values]) : field; } = -1;

    /// <summary>What the services show that have the trait and are wanted.</summary>
    public TraitCount Of(Func<int, bool> isWanted) => new(trait, strata.Where(s => isWanted(s.Key.Owner)).ToDictionary());
}
