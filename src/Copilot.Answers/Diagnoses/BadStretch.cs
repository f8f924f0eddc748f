using Copilot.Analysis.Thresholds;
using Copilot.Answers.Drafts;
using Copilot.Diagnosis.Timeline;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Diagnoses;

/// <summary>
/// Finds the stretch of a long window in which requests were clearly worse than in the rest of it: trouble of two minutes drowns in the
/// figures of twenty.
/// </summary>
internal sealed class BadStretch(RequestReads requests)
{
    /// <param name="traces">How many traces the window holds.</param>
    /// <returns>Null where the window is short, evenly good or evenly bad.</returns>
    public Task<TimeWindow?> FindAsync(Inquiry inquiry, IReadOnlyList<string> services, long traces, CancellationToken cancellationToken) =>
        FindAsync(
            inquiry,
            new SpanFilter { Services = services },
            string.Join(" || ", services.Select(PlanSpans.OfService)),
            services.Count == 0 && traces > StretchThresholds.MostTraces,
            cancellationToken
        );

    /// <summary>Of the requests that the question's conditions tell, with the services whose requests failed in it, or all where none
    /// did.</summary>
    /// <returns>Null where the window is short, evenly good or evenly bad.</returns>
    public async Task<(TimeWindow Window, IReadOnlyList<string> Services)?> OfConditionsAsync(
        Inquiry inquiry,
        CancellationToken cancellationToken
    )
    {
        var query = PlanSpans.Requests(inquiry.Plan with { Measure = null });
        if (await FindAsync(inquiry, inquiry.Filter, query, false, cancellationToken) is not { } stretch)
            return null;
        var read = await inquiry.ReadAsync(
            $"{query} | rate() by (resource.service.name)",
            stretch,
            () => requests.GroupedAsync(inquiry.Filter, stretch, RequestGrouping.ByService, cancellationToken),
            groups => groups.Count
        );
        var failing = read.Value.Where(group => group.Statistics.Failed > 0).ToList();
        return (stretch, [.. (failing.Count > 0 ? failing : read.Value).Select(group => group.Service).OfType<string>()]);
    }

    private async Task<TimeWindow?> FindAsync(
        Inquiry inquiry,
        SpanFilter filter,
        string query,
        bool counted,
        CancellationToken cancellationToken
    )
    {
        var window = inquiry.Window;
        if (window.Length < StretchThresholds.Shortest)
            return null;
        var step = TimeSpan.FromTicks(Math.Max((window.Length / StretchThresholds.Steps).Ticks, StretchThresholds.ShortestStep.Ticks));
        // Of very many requests the counted minutes tell as much, and the spans would all have to be read.
        var minutes = counted ? (int)Math.Ceiling(step.TotalMinutes) : 0;
        if (minutes > 0)
            step = TimeSpan.FromMinutes(minutes);
        var read = await inquiry.ReadAsync(
            query + " | rate() by (status)",
            window,
            () =>
                minutes > 0
                    ? requests.CountedSeriesAsync(window, minutes, cancellationToken)
                    : requests.SeriesAsync(filter, window, step, cancellationToken),
            points => points.Count
        );
        return Longest(read.Value, window, step, PeriodSubject.SideOf(inquiry.Plan));
    }

    /// <summary>The worst run of bad steps; one good or empty step between two bad ones does not end it.</summary>
    internal static TimeWindow? Longest(
        IReadOnlyList<RequestPoint> points,
        TimeWindow window,
        TimeSpan step,
        TroubleSide side = TroubleSide.Any
    )
    {
        var usual = points.Where(point => point.Statistics.Requests > 0).ToList();
        if (usual.Count < StretchThresholds.FewestSteps)
            return null;
        var rate = Median(usual.Select(point => point.Statistics.ErrorRate ?? 0));
        var p95 = Median(usual.Select(point => P95(point.Statistics) ?? 0));
        (int From, int To, double Weight)? best = null;
        (int From, int To, double Weight)? run = null;
        for (var i = 0; i < points.Count; i++)
        {
            var weight = Badness(points[i].Statistics, rate, p95, side);
            if (weight > 0)
                run =
                    run is { } going && i - going.To <= StretchThresholds.MostGap + 1
                        ? (going.From, i, going.Weight + weight)
                        : (i, i, weight);
            if (run is { } now && (best is null || now.Weight > best.Value.Weight))
                best = now;
        }

        if (best is not { } worst || worst.To - worst.From + 1 > StretchThresholds.Most * points.Count)
            return null;
        var stretch = new TimeWindow(points[worst.From].Time, points[worst.To].Time + step);
        return new TimeWindow(Math.Max(stretch.FromNs, window.FromNs), Math.Min(stretch.ToNs, window.ToNs));
    }

    // The contract's "clearly worse", against the median step in place of a baseline.
    private static double Badness(RequestStatistics step, double rate, double p95, TroubleSide side)
    {
        var failing =
            side != TroubleSide.Latency
            && step.Failed >= StretchThresholds.FewestFailed
            && step.ErrorRate > ClearlyWorse.ErrorRateTimes * rate
            && step.ErrorRate > rate + ClearlyWorse.ErrorRateMore;
        var slow =
            side != TroubleSide.Errors
            && step.Requests >= ClearlyWorse.Fewest
            && P95(step) > ClearlyWorse.P95Times * p95
            && P95(step) > p95 + ClearlyWorse.P95MoreMs;
        return (failing ? step.ErrorRate!.Value * step.Requests : 0) + (slow ? step.Requests * (1 - (p95 / P95(step)!.Value)) : 0);
    }

    private static double? P95(RequestStatistics step) => step.Percentile(100 * ClearlyWorse.Percentile);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
