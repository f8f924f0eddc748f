using Copilot.Analysis.Thresholds;

namespace Copilot.Analysis.Signals;

/// <summary>
/// Baselines are not always good: a window taken just before an alarm may already hold the fault. Of several windows, one that
/// is itself clearly worse than the others together is skipped, for the thing at hand.
/// </summary>
internal static class GoodWindows
{
    /// <summary>What a finding is worth.</summary>
    public static double Worth(bool skipped) => skipped ? GoodWindowThresholds.WorthWithOneLess : 1;

    /// <param name="windows">What each baseline window holds of the thing at hand.</param>
    /// <param name="enough">How many values a window needs to have a say.</param>
    /// <param name="isWorse">Whether the first is clearly worse than the second.</param>
    /// <returns>The values of the good windows together, and whether one was skipped.</returns>
    public static (List<T> Values, bool Skipped) Choose<T>(IReadOnlyList<List<T>> windows, int enough, Func<List<T>, List<T>, bool> isWorse)
    {
        var (good, skipped) = Choose(
            windows,
            window => window.Count,
            enough,
            (worse, others) => isWorse(worse, [.. others.SelectMany(w => w)])
        );
        return ([.. good.SelectMany(w => w)], skipped);
    }

    /// <param name="windows">The thing at hand in each baseline window.</param>
    /// <param name="size">How many values a window holds.</param>
    /// <param name="enough">How many values a window needs to have a say.</param>
    /// <param name="isWorse">Whether one is clearly worse than the others together.</param>
    /// <returns>The good windows, and whether one was skipped.</returns>
    public static (List<T> Windows, bool Skipped) Choose<T>(
        IReadOnlyList<T> windows,
        Func<T, int> size,
        int enough,
        Func<T, List<T>, bool> isWorse
    )
    {
        var good = windows.Where(w => size(w) > 0).ToList();
        var skipped = false;
        for (var i = good.Count - 1; i >= 0 && good.Count > 1; i--)
        {
            if (size(good[i]) < Math.Min(GoodWindowThresholds.Fewest, enough))
                continue;
            var others = good.Where((_, k) => k != i).ToList();
            if (others.Sum(size) < enough || !isWorse(good[i], others))
                continue;
            good.RemoveAt(i);
            skipped = true;
        }

        return (good, skipped);
    }
}
