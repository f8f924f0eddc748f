using Copilot.Analysis.Reports;
using Copilot.Analysis.Statistics;

namespace Copilot.Analysis.Localization;

/// <summary>A value of an attribute that some requests have and others do not.</summary>
/// <param name="Key">The attribute.</param>
/// <param name="Value">Its value.</param>
internal sealed record Trait(AttributeLevel Level, string Key, string Value)
{
    // Traits are counted by the ten thousand; their texts are gone through once.
    private readonly int _hash = HashCode.Combine(Level, Key, Value);

    public string Condition => $"{Key} = {Value}";

    public bool Equals(Trait? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Level == other.Level && Key == other.Key && Value == other.Value);

    public override int GetHashCode() => _hash;
}

/// <summary>How many with a trait are hit, by operation and by the service that has the trait.</summary>
internal sealed class TraitCount(Trait trait, IReadOnlyDictionary<((int Service, int Operation) Kin, int Owner), Stratum> strata)
{
    public Trait Trait => trait;

    public IReadOnlyDictionary<((int Service, int Operation) Kin, int Owner), Stratum> Strata => strata;

    public int Hits { get; } = strata.Values.Sum(s => s.Hits);

    public int Count { get; } = strata.Values.Sum(s => s.Count);

    /// <summary>In standard deviations.</summary>
    public double Surprise
    {
        get => field < 0 ? field = Statistics.Strata.Surprise([.. strata.Values]) : field;
    } = -1;

    /// <summary>What the services show that have the trait and are wanted.</summary>
    public TraitCount Of(Func<int, bool> isWanted) => new(trait, strata.Where(s => isWanted(s.Key.Owner)).ToDictionary());
}

/// <summary>What attributes are about, by the conventions' names and what people make of them.</summary>
internal static class TraitKeys
{
    private static readonly string[] Rollouts =
    [
        "flag",
        "variant",
        "experiment",
        "version",
        "release",
        "rollout",
        "canary",
        "image.tag",
        "commit",
        "build",
    ];

    /// <summary>A value of it may be new because somebody brought it in; any other value that comes with trouble comes of it.</summary>
    public static bool IsRollout(string key) => Rollouts.Any(r => key.Contains(r, StringComparison.OrdinalIgnoreCase));

    public static bool IsVersion(string key) => key.Contains("version", StringComparison.OrdinalIgnoreCase);

    /// <summary>The one that tells an engineer where to go comes first: the pod, the instance, the host, the region.</summary>
    public static IOrderedEnumerable<TraitCount> MostTelling(IEnumerable<TraitCount> counts) =>
        counts
            .OrderByDescending(c => Math.Round(c.Surprise, 3))
            .ThenBy(c => BreakdownRanker.TieOrder(c.Trait.Key))
            .ThenBy(c => c.Trait.Key, StringComparer.Ordinal);
}

/// <summary>One that could have been hit.</summary>
/// <param name="Kin">Its operation: only requests of one operation are alike.</param>
/// <param name="IsHit">Whether it was.</param>
/// <param name="Traits">Each once, with the service that has it.</param>
internal sealed record TraitUnit((int Service, int Operation) Kin, bool IsHit, IReadOnlyList<(Trait Trait, int Owner)> Traits);

/// <summary>What the attributes of one level tell of the requests that could have met the trouble, and of their like in good
/// times.</summary>
/// <param name="now">Those of the bad window.</param>
/// <param name="before">Those of good windows, made when they are needed.</param>
internal sealed class TraitView(List<TraitUnit> now, Func<List<TraitUnit>> before)
{
    public List<TraitUnit> Now => now;

    public List<TraitUnit> Before => field ??= before();

    public TraitTally Tally { get; } = new(now);

    public int CountBefore(Trait trait) => Before.Count(u => u.Traits.Any(t => t.Trait == trait));

    /// <summary>Whoever has the trait most often.</summary>
    public int Carrier(Trait trait) =>
        now.SelectMany(u => u.Traits).Where(t => t.Trait == trait).CountBy(t => t.Owner).MaxBy(c => c.Value).Key;
}
