using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Reports;

/// <summary>Every service's health in the bad window against the good ones: as it was counted, else as the sample shows it.</summary>
internal static class HealthComparison
{
    public static Dictionary<int, HealthChange> Compare(SampleRequests sample)
    {
        var now = Counts(sample.Bad);
        var windows = sample.Baselines.Select(Counts).ToList();
        var changes = new Dictionary<int, HealthChange>();
        foreach (var service in now.Keys.Concat(windows.SelectMany(w => w.Keys)).Distinct())
        {
            var name = sample.Names[service];
            var (before, _) = GoodWindows.Choose(
                [.. windows.Select(w => w.GetValueOrDefault(service)).OfType<ServiceCount>()],
                count => (int)count.Requests,
                ClearlyWorse.Fewest,
                (worse, others) => Change(name, [worse], others).IsClearlyWorse
            );
            changes[service] = Change(name, now.TryGetValue(service, out var count) ? [count] : [], before);
        }

        return changes;
    }

    private static HealthChange Change(string service, IReadOnlyList<ServiceCount> now, IReadOnlyList<ServiceCount> before) =>
        new()
        {
            Service = service,
            Now = ServiceMeasure.Of(now),
            Before = ServiceMeasure.Of(before),
        };

    private static IReadOnlyDictionary<int, ServiceCount> Counts(RequestSet set) =>
        set.Sample.Counted ?? set.Requests.Where(r => r.IsEntry && r.Counts).GroupBy(r => r.Service).ToDictionary(g => g.Key, Count);

    private static ServiceCount Count(IEnumerable<Request> entries)
    {
        var durations = new DurationHistogram();
        var failed = 0;
        foreach (var entry in entries)
        {
            durations.Add((long)(entry.DurationMs * 1e6));
            failed += entry.Failed ? 1 : 0;
        }

        return new ServiceCount(durations.Count, failed, durations);
    }
}

/// <summary>A service before and now, judged by the contract's term "clearly worse".</summary>
public sealed record HealthChange
{
    public required string Service { get; init; }

    public required ServiceMeasure Before { get; init; }

    public required ServiceMeasure Now { get; init; }

    /// <summary>At least 3 failed requests, an error rate above 3 times the baseline's and 0.5 points more, z above 1.6.</summary>
    public bool FailsMore =>
        IsMeasurable
        && Now.Failed >= ClearlyWorse.FewestFailed
        && Now.ErrorRate > ClearlyWorse.ErrorRateTimes * Before.ErrorRate
        && Now.ErrorRate > Before.ErrorRate + ClearlyWorse.ErrorRateMore
        && Z > ClearlyWorse.Z;

    /// <summary>A p95 above 1.5 times the baseline's and 25 ms more.</summary>
    public bool IsSlower =>
        IsMeasurable && Now.P95Ms > ClearlyWorse.P95Times * Before.P95Ms && Now.P95Ms > Before.P95Ms + ClearlyWorse.P95MoreMs;

    public bool IsClearlyWorse => FailsMore || IsSlower;

    private bool IsMeasurable => Now.Requests >= ClearlyWorse.Fewest && Before.Requests >= ClearlyWorse.Fewest;

    /// <summary>How much worse, for sorting: 0 to 1.</summary>
    public double Severity => Math.Max(FailsMore ? Math.Sqrt(Now.ErrorRate) : 0, IsSlower ? 1 - Math.Sqrt(Before.P95Ms / Now.P95Ms) : 0);

    private double Z
    {
        get
        {
            var pooled = (double)(Now.Failed + Before.Failed) / (Now.Requests + Before.Requests);
            var deviation = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / Now.Requests) + (1.0 / Before.Requests)));
            return deviation == 0 ? 0 : (Now.ErrorRate - Before.ErrorRate) / deviation;
        }
    }
}
