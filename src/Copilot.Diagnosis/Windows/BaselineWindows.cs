using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Windows;

/// <summary>
/// Where no baseline is given: the same length just before the window, and the two lengths before that. The nearest ones that hold
/// enough are compared with; one that is itself worse than the others is left out, thing by thing, by the analysis.
/// </summary>
internal static class BaselineWindows
{
    /// <summary>A window of a few seconds has no neighbour worth comparing with.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>Fewer traces than this and the baseline reaches further back.</summary>
    public const int Enough = 100;

    /// <summary>Steps back, each as long as the window, without gaps between them.</summary>
    public static IReadOnlyList<TimeWindow> Before(TimeWindow window)
    {
        var length = Math.Max(window.ToNs - window.FromNs, (long)Shortest.TotalSeconds * UnixNanos.PerSecond);
        return [.. Enumerable.Range(0, 3).Select(i => new TimeWindow(window.FromNs - ((i + 1) * length), window.FromNs - (i * length)))];
    }

    /// <summary>The next stretch to try while there is too little: twice as long as all before it together.</summary>
    public static TimeWindow Further(TimeWindow window, IReadOnlyList<TimeWindow> tried)
    {
        var end = tried.Min(t => t.FromNs);
        return new TimeWindow(end - (2 * (window.FromNs - end)), end);
    }
}
