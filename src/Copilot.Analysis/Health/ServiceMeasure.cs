using Copilot.Analysis.Statistics;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Health;

/// <summary>A service's requests in one stretch of time.</summary>
public sealed record ServiceMeasure
{
    public static ServiceMeasure None { get; } = new();

    public int Requests { get; init; }

    public int Failed { get; init; }

    public double P95Ms { get; init; }

    public double MeanMs { get; init; }

    public double ErrorRate => Requests == 0 ? 0 : (double)Failed / Requests;

    public static ServiceMeasure Of(IReadOnlyCollection<Request> entries)
    {
        if (entries.Count == 0)
            return None;
        var durations = entries.Select(r => r.DurationMs).Order().ToList();
        return new ServiceMeasure
        {
            Requests = entries.Count,
            Failed = entries.Count(r => r.Failed),
            P95Ms = Percentiles.NearestRank(durations, 0.95),
            MeanMs = durations.Average(),
        };
    }
}
