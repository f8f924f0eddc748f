using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Diagnosis.Timeline;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Windows;

/// <summary>
/// Which services' traces a sample should hold more of. In a large fleet a uniform share of a window's traces holds a handful of any one
/// service, too few to be sure of anything; the rollups counted every request. Whoever is worse by them than in the good windows gets more
/// traces, then and now alike, and for whoever fell silent its callers do. To be chosen says nothing by itself: the analysis judges.
/// </summary>
public sealed class WorseServices(ServiceMinuteReads minutes, TopologyReads topology)
{
    private static readonly long HalfMinute = UnixNanos.PerMinute / 2;

    /// <returns>How many traces of which services the bad window's sample should hold; none where nobody is worse.</returns>
    public async Task<IReadOnlyDictionary<string, int>> FindAsync(
        TimeWindow bad,
        IReadOnlyList<TimeWindow> good,
        CancellationToken cancellationToken
    )
    {
        var reads = await Task.WhenAll(good.Prepend(bad).Select(w => minutes.TotalsAsync(WholeMinutes(w), cancellationToken)));
        var now = reads[0].ToDictionary(t => t.Operation);
        var before = reads.Skip(1).SelectMany(r => r).GroupBy(t => t.Operation).Select(Sum).ToList();
        // Everything is compared as an operation and as a part of its service.
        var surprise = Math.Max(
            WorseServiceThresholds.LeastSurprise,
            Normal.FromUpperTail(WorseServiceThresholds.ByChance / Math.Max(1, before.Count * 2))
        );
        var pairs = before.Select(b => (Now: now.GetValueOrDefault(b.Operation, b with { Requests = 0, Failed = 0 }), Before: b)).ToList();
        var services = pairs
            .GroupBy(p => p.Before.Service)
            .Select(g => (Now: Sum(g.Select(p => p.Now)), Before: Sum(g.Select(p => p.Before))))
            .ToList();
        var growth = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var pair in pairs.Concat(services).Where(p => FailsMore(p, surprise)))
            Note(pair.Before.Service, Rate(pair.Now) - Rate(pair.Before));
        var slower = pairs
            .Concat(services)
            .Where(IsSlower)
            .OrderByDescending(p => Math.Sqrt(p.Now.Requests) * p.Now.MeanNs / p.Before.MeanNs)
            .Select(p => p.Before.Service)
            .Distinct()
            .Take(WorseServiceThresholds.MostSlower)
            .ToList();
        foreach (var (service, slow) in await SlowAsync(slower, bad, good, cancellationToken))
        {
            if (slow.Surprise >= surprise)
                Note(service, slow.Growth);
        }

        var chosen = growth
            .OrderByDescending(g => g.Value)
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(WorseServiceThresholds.MostServices)
            .ToDictionary(
                g => g.Key,
                g =>
                    (int)
                        Math.Clamp(
                            WorseServiceThresholds.Telling / g.Value,
                            WorseServiceThresholds.FewestTraces,
                            WorseServiceThresholds.MostTraces
                        ),
                StringComparer.Ordinal
            );
        foreach (var caller in await CallersOfSilentAsync(services, surprise, good, cancellationToken))
            chosen.TryAdd(caller, 2 * WorseServiceThresholds.FewestTraces);
        return chosen;

        void Note(string service, double share) => growth[service] = Math.Max(growth.GetValueOrDefault(service), share);
    }

    /// <summary>The minutes that lie in a window by more than half.</summary>
    private static TimeWindow WholeMinutes(TimeWindow window) => new(window.FromNs - HalfMinute, window.ToNs - HalfMinute);

    private static bool FailsMore((OperationTotal Now, OperationTotal Before) p, double surprise) =>
        p.Now.Failed >= WorseServiceThresholds.FewestFailed
        && Rate(p.Now) > (WorseServiceThresholds.FailingTimes * Rate(p.Before)) + ClearlyWorse.ErrorRateMore
        && Proportions.Surprise((int)p.Now.Failed, (int)p.Now.Requests, (int)p.Before.Failed, (int)p.Before.Requests) >= surprise;

    private static bool IsSlower((OperationTotal Now, OperationTotal Before) p) =>
        p.Now.Requests >= WorseServiceThresholds.FewestRequests
        && p.Before.Requests >= WorseServiceThresholds.FewestRequests
        && p.Now.MeanNs > WorseServiceThresholds.Slower * p.Before.MeanNs;

    private async Task<IEnumerable<(string Service, SlowShare Slow)>> SlowAsync(
        IReadOnlyCollection<string> services,
        TimeWindow bad,
        IReadOnlyList<TimeWindow> good,
        CancellationToken cancellationToken
    )
    {
        if (services.Count == 0)
            return [];
        var reads = await Task.WhenAll(good.Prepend(bad).Select(w => minutes.ReadAsync(WholeMinutes(w), services, cancellationToken)));
        var before = Durations(reads.Skip(1).SelectMany(r => r));
        return Durations(reads[0])
            .Where(now => before.ContainsKey(now.Key))
            .Select(now => (now.Key, SlowShare.Of(now.Value, before[now.Key])))
            .Where(s => s.Item2 is not null)
            .Select(s => (s.Key, s.Item2!.Value));
    }

    private static Dictionary<string, DurationHistogram> Durations(IEnumerable<ServiceMinute> minutes)
    {
        var durations = new Dictionary<string, DurationHistogram>(StringComparer.Ordinal);
        foreach (var minute in minutes)
        {
            if (!durations.TryGetValue(minute.Service, out var all))
                durations.Add(minute.Service, all = new DurationHistogram());
            all.Merge(minute.Durations);
        }

        return durations;
    }

    private async Task<IEnumerable<string>> CallersOfSilentAsync(
        List<(OperationTotal Now, OperationTotal Before)> services,
        double surprise,
        IReadOnlyList<TimeWindow> good,
        CancellationToken cancellationToken
    )
    {
        var (all, allBefore) = (services.Sum(s => s.Now.Requests), services.Sum(s => s.Before.Requests));
        var silent = services
            .Where(s =>
                s.Before.Requests >= WorseServiceThresholds.FewestRequests
                && s.Now.Requests * allBefore < s.Before.Requests * all / 2
                && Proportions.Surprise((int)s.Before.Requests, (int)allBefore, (int)s.Now.Requests, (int)all) >= surprise
            )
            .Select(s => s.Before.Service)
            .Take(WorseServiceThresholds.MostServices)
            .ToList();
        return silent.Count == 0
            ? []
            : (await topology.CallersAsync(silent, good[0], cancellationToken))
                .Take(WorseServiceThresholds.MostCallers)
                .Select(c => c.Service);
    }

    private static double Rate(OperationTotal total) => total.Requests == 0 ? 0 : (double)total.Failed / total.Requests;

    private static OperationTotal Sum(IEnumerable<OperationTotal> totals) =>
        totals.Aggregate(
            (a, b) =>
                a with
                {
                    Requests = a.Requests + b.Requests,
                    Failed = a.Failed + b.Failed,
                    MeanNs = ((a.MeanNs * a.Requests) + (b.MeanNs * b.Requests)) / Math.Max(1, a.Requests + b.Requests),
                }
        );
}
