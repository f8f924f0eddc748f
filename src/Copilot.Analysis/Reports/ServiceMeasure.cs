using Copilot.Analysis.Samples;
using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Reports;

/// <summary>A service's requests in one stretch of time.</summary>
public sealed record ServiceMeasure
{
    public static ServiceMeasure None { get; } = new();

    public int Requests { get; init; }

    public int Failed { get; init; }

    /// <summary>Within 1 %.</summary>
    public double P95Ms { get; init; }

    public double ErrorRate => Requests == 0 ? 0 : (double)Failed / Requests;

    public static ServiceMeasure Of(IReadOnlyList<ServiceCount> windows)
    {
        if (windows.Count == 0)
            return None;
        var durations = windows[0].Durations;
        if (windows.Count > 1)
        {
            durations = new DurationHistogram();
            foreach (var window in windows)
                durations.Merge(window.Durations);
        }

        return new ServiceMeasure
        {
            Requests = (int)windows.Sum(w => w.Requests),
            Failed = (int)windows.Sum(w => w.Failed),
            P95Ms = (durations.Quantile(ClearlyWorse.Percentile) ?? 0) / 1e6,
        };
    }
}
