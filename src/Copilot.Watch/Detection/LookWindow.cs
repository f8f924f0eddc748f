using Copilot.Telemetry.Time;

namespace Copilot.Watch.Detection;

/// <summary>What a look takes in: the last minute, or as many as it takes to hold enough traces and what the rollups point to.</summary>
internal static class LookWindow
{
    /// <param name="traces">How many traces began in the minute that starts then.</param>
    public static TimeWindow Choose(IReadOnlyList<WorseService> worse, DateTimeOffset end, Func<long, long> traces, WatchOptions options)
    {
        var window = new TimeWindow(end - TimeSpan.FromMinutes(1), end);
        var held = traces(window.FromNs);
        while (window.Length < options.Longest && (held < options.EnoughTraces || worse.Any(w => w.Since < window.From)))
        {
            window = window with { FromNs = window.FromNs - UnixNanos.PerMinute };
            held += traces(window.FromNs);
        }

        return window;
    }
}
