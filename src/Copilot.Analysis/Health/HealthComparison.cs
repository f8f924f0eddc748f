using Copilot.Analysis.Signals;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Health;

/// <summary>Every service's health in the bad window against the good ones.</summary>
internal static class HealthComparison
{
    public static Dictionary<int, HealthChange> Compare(SampleRequests sample)
    {
        var now = Entries(sample.Bad);
        var windows = sample.Baselines.Select(Entries).ToList();
        var changes = new Dictionary<int, HealthChange>();
        foreach (var service in now.Select(g => g.Key).Concat(windows.SelectMany(w => w.Select(g => g.Key))).Distinct())
        {
            var name = sample.Names[service];
            var (before, _) = GoodWindows.Choose(
                [.. windows.Select(w => w[service].ToList())],
                8,
                (worse, others) => Change(name, worse, others).IsClearlyWorse);
            changes[service] = Change(name, [.. now[service]], before);
        }

        return changes;
    }

    private static HealthChange Change(string service, List<Request> now, List<Request> before) =>
        new() { Service = service, Now = ServiceMeasure.Of(now), Before = ServiceMeasure.Of(before) };

    private static ILookup<int, Request> Entries(RequestSet set) =>
        set.Requests.Where(r => r.IsEntry && r.Counts).ToLookup(r => r.Service);
}
