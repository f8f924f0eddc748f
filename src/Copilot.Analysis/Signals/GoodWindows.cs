namespace Copilot.Analysis.Signals;

/// <summary>
/// Baselines are not always good: a window taken just before an alarm may already hold the fault. Of several windows, one that
/// is itself clearly worse than the others together is skipped, for the thing at hand.
/// </summary>
internal static class GoodWindows
{
    /// <param name="windows">What each baseline window holds of the thing at hand.</param>
    /// <param name="enough">How many values a window needs to have a say.</param>
    /// <param name="isWorse">Whether the first is clearly worse than the second.</param>
    /// <returns>The values of the good windows together, and whether one was skipped.</returns>
    public static (List<T> Values, bool Skipped) Choose<T>(IReadOnlyList<List<T>> windows, int enough, Func<List<T>, List<T>, bool> isWorse)
    {
        var good = windows.Where(w => w.Count > 0).ToList();
        var skipped = false;
        for (var i = good.Count - 1; i >= 0 && good.Count > 1; i--)
        {
            if (good[i].Count < Math.Min(3, enough))
                continue;
            var others = good.Where((_, k) => k != i).SelectMany(w => w).ToList();
            if (others.Count < enough || !isWorse(good[i], others))
                continue;
            good.RemoveAt(i);
            skipped = true;
        }

        return ([.. good.SelectMany(w => w)], skipped);
    }
}
