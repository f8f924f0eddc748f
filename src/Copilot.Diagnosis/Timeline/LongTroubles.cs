using Copilot.Analysis.Thresholds;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Timeline;

/// <summary>
/// Troubles that are older than a window that ends now: all of it is bad, so nothing in it shows that, nor since when. Whoever is worse
/// than some time ago is looked at for longer.
/// </summary>
public sealed class LongTroubles(ServiceMinuteReads minutes, TroubleTimeline timeline)
{
    /// <param name="window">It ends now.</param>
    /// <param name="past">How much of the time before a look shows what is usual.</param>
    /// <returns>All that goes wrong in the window, worst first, with what began before it; none where nothing did.</returns>
    public async Task<IReadOnlyList<Episode>> FindAsync(TimeWindow window, TimeSpan past, CancellationToken cancellationToken)
    {
        var newest = new TimeWindow(Math.Max(window.FromNs, UnixNanos.From(window.To - LongTroubleThresholds.Newest)), window.ToNs);
        var now = Sums(await minutes.ReadAsync(newest, cancellationToken));
        IReadOnlyList<string> worse = [];
        foreach (var back in LongTroubleThresholds.Back.Where(back => back > window.Length))
        {
            var look = new TimeWindow(window.To - back, window.To);
            if (worse.Count == 0)
                worse = await WorseAsync(now, look, cancellationToken);
            if (worse.Count == 0)
                continue;
            var found = (await timeline.FindAsync(look, past, worse, LongTroubleThresholds.Steady, cancellationToken))
                .Where(episode => episode.Window.Overlaps(window))
                .ToList();
            // What is bad from the first minute on began earlier still.
            if (found.Count == 0 || found.Exists(episode => episode.Window.FromNs <= look.FromNs + UnixNanos.PerMinute))
                continue;
            return found.Exists(episode => episode.Window.FromNs < window.FromNs + UnixNanos.PerMinute) ? found : [];
        }

        return [];
    }

    // Long ago only what fails is compared: how fast a service is goes with the time of day.
    private async Task<IReadOnlyList<string>> WorseAsync(
        IReadOnlyDictionary<string, ServiceMinute> now,
        TimeWindow look,
        CancellationToken cancellationToken
    )
    {
        var near = look.Length <= LongTroubleThresholds.Near;
        var asked = now
            .Values.Where(sum => sum.Requests >= ClearlyWorse.Fewest && (near || Fails(sum)))
            .Select(sum => sum.Service)
            .ToList();
        if (asked.Count == 0)
            return [];
        var before = Sums(
            await minutes.ReadAsync(
                new TimeWindow(look.From, look.From + LongTroubleThresholds.Compared),
                near ? null : asked,
                cancellationToken
            )
        );
        if (before.Count == 0)
            before = await FirstAsync([.. now.Values.Where(Fails).Select(sum => sum.Service)], look, cancellationToken);
        return
        [
            .. asked
                .Where(service =>
                    before.TryGetValue(service, out var was) && (FailsMore(now[service], was) || near && IsSlower(now[service], was))
                )
                .OrderByDescending(service => now[service].Failed)
                .ThenByDescending(service => now[service].Requests)
                .Take(LongTroubleThresholds.MostServices),
        ];
    }

    // Telemetry that is younger than the look: its first minutes.
    private async Task<Dictionary<string, ServiceMinute>> FirstAsync(
        IReadOnlyList<string> failing,
        TimeWindow look,
        CancellationToken cancellationToken
    )
    {
        if (failing.Count == 0)
            return [];
        var read = await minutes.ReadAsync(look, failing, cancellationToken);
        var end = read.Count == 0 ? 0 : read[0].MinuteNs + (long)LongTroubleThresholds.Compared.TotalMinutes * UnixNanos.PerMinute;
        return Sums(read.TakeWhile(minute => minute.MinuteNs < end));
    }

    private static Dictionary<string, ServiceMinute> Sums(IEnumerable<ServiceMinute> read)
    {
        var sums = new Dictionary<string, ServiceMinute>(StringComparer.Ordinal);
        foreach (var minute in read)
        {
            if (!sums.TryGetValue(minute.Service, out var sum))
                sums[minute.Service] = sum = new ServiceMinute { MinuteNs = minute.MinuteNs, Service = minute.Service };
            sum.Requests += minute.Requests;
            sum.Failed += minute.Failed;
            sum.Durations.Merge(minute.Durations);
        }

        return sums;
    }

    private static bool Fails(ServiceMinute now) => now.Failed >= ClearlyWorse.FewestFailed && Rate(now) > ClearlyWorse.ErrorRateMore;

    private static bool FailsMore(ServiceMinute now, ServiceMinute was) =>
        now.Failed >= ClearlyWorse.FewestFailed
        && Rate(now) > ClearlyWorse.ErrorRateTimes * Rate(was)
        && Rate(now) > Rate(was) + ClearlyWorse.ErrorRateMore;

    private static bool IsSlower(ServiceMinute now, ServiceMinute was) =>
        was.Requests > 0 && now.Durations.Quantile(ClearlyWorse.Percentile) > SlowShare.LimitOf(was.Durations);

    private static double Rate(ServiceMinute sum) => sum.Requests == 0 ? 0 : (double)sum.Failed / sum.Requests;
}
