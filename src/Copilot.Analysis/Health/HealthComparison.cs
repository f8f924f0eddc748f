using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Traces;
using Copilot.Telemetry.Histograms;

namespace Copilot.Analysis.Health;

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
                8,
                (worse, others) => Change(name, [worse], others).IsClearlyWorse);
            changes[service] = Change(name, now.TryGetValue(service, out var count) ? [count] : [], before);
        }

        return changes;
    }

    private static HealthChange Change(string service, IReadOnlyList<ServiceCount> now, IReadOnlyList<ServiceCount> before) =>
        new() { Service = service, Now = ServiceMeasure.Of(now), Before = ServiceMeasure.Of(before) };

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
