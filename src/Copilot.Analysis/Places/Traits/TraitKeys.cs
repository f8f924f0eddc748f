using Copilot.Analysis.Breakdowns;

namespace Copilot.Analysis.Places.Traits;

/// <summary>What attributes are about, by the conventions' names and what people make of them.</summary>
internal static class TraitKeys
{
    private static readonly string[] Rollouts = ["flag", "variant", "experiment", "version", "release", "rollout", "canary", "image.tag", "commit", "build"];

    /// <summary>A value of it may be new because somebody brought it in; any other value that comes with trouble comes of it.</summary>
    public static bool IsRollout(string key) => Rollouts.Any(r => key.Contains(r, StringComparison.OrdinalIgnoreCase));

    public static bool IsVersion(string key) => key.Contains("version", StringComparison.OrdinalIgnoreCase);

    /// <summary>The one that tells an engineer where to go comes first: the pod, the instance, the host, the region.</summary>
    public static IOrderedEnumerable<TraitCount> MostTelling(IEnumerable<TraitCount> counts) => counts
        .OrderByDescending(c => Math.Round(c.Surprise, 3)).ThenBy(c => BreakdownRanker.TieOrder(c.Trait.Key)).ThenBy(c => c.Trait.Key, StringComparer.Ordinal);
}
