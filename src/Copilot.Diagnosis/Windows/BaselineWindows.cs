using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Windows;

/// <summary>
/// Where no baseline is given: the same length just before the window, and the two lengths before that. The nearest ones that hold
/// enough are compared with; one that is itself worse than the others is left out, thing by thing, by the analysis.
/// </summary>
internal static class BaselineWindows
{
    /// <summary>Steps back, each as long as the window; what is known to be bad itself is stepped over where there is enough
    /// else.</summary>
    public static IReadOnlyList<TimeWindow> Before(TimeWindow window, IReadOnlyList<TimeWindow> troubles, int skipped = 0)
    {
        var length = Math.Max(window.ToNs - window.FromNs, (long)ReadingThresholds.BaselineShortest.TotalSeconds * UnixNanos.PerSecond);
        var back = Enumerable
            .Range(skipped, ReadingThresholds.BaselineFurthest)
            .Select(i => new TimeWindow(window.FromNs - ((i + 1) * length), window.FromNs - (i * length)))
            .ToList();
        var good = back.Where(step => !troubles.Any(step.Overlaps)).Take(ReadingThresholds.BaselineSteps).ToList();
        return good.Count == ReadingThresholds.BaselineSteps ? good : [.. back.Take(ReadingThresholds.BaselineSteps)];
    }

    /// <summary>The next stretch to try while there is too little: twice as long as all before it together.</summary>
    public static TimeWindow Further(TimeWindow window, IReadOnlyList<TimeWindow> tried)
    {
        var end = tried.Min(t => t.FromNs);
        return new TimeWindow(end - (2 * (window.FromNs - end)), end);
    }
}
