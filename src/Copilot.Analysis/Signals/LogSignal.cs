using Copilot.Analysis.Samples;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Signals;

/// <summary>
/// Error messages that name no trace: new ones, or more than there used to be, by service. Messages come in bursts, so what is counted
/// is in how many short stretches of time a message appears at all, now and before.
/// </summary>
internal static class LogSignal
{
    private const long StretchNs = MessageThresholds.StretchSeconds * UnixNanos.PerSecond;

    public static List<Suspicion> Find(SampleRequests sample)
    {
        var now = Stretches(sample.Input.Bad);
        var before = sample.Input.Baselines.Select(Stretches).ToList();
        var count = Count(sample.Input.Bad.Window);
        var baseCount = sample.Input.Baselines.Sum(b => Count(b.Window));
        if (now.Count == 0 || baseCount < MessageThresholds.FewestStretches)
            return [];
        var found = new List<Suspicion>();
        foreach (var (key, hits) in now)
        {
            var baseHits = Math.Min(baseCount, before.Sum(b => b.GetValueOrDefault(key)));
            var surprise = Proportions.Surprise(Math.Min(hits, count), count, baseHits, baseCount);
            if (surprise < MessageThresholds.Telling || !sample.IsService(key.Service))
                continue;
            found.Add(
                new Suspicion
                {
                    Node = key.Service,
                    Kind = SignalKind.Messages,
                    Hits = Math.Min(hits, count),
                    Count = count,
                    BaseHits = baseHits,
                    BaseCount = baseCount,
                    Surprise = surprise,
                    Detail = sample.Names[key.Template],
                }
            );
        }

        return found;
    }

    private static int Count(TimeWindow window) => (int)((window.ToNs - window.FromNs) / StretchNs);

    private static Dictionary<(int Service, int Template), int> Stretches(TelemetrySample sample) =>
        sample
            .Logs.Where(l =>
                l is { Trace: < 0, Template: >= 0, Severity: >= SeverityNumber.Error }
                && l.TimeNs >= sample.Window.FromNs
                && l.TimeNs < sample.Window.ToNs
            )
            .Select(l => (l.Service, l.Template, Stretch: (l.TimeNs - sample.Window.FromNs) / StretchNs))
            .Distinct()
            .CountBy(l => (l.Service, l.Template))
            .ToDictionary();
}
