using Copilot.Answers.Drafts;
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
    private const int Steps = 40;
    private const int Enough = 8;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestStep = TimeSpan.FromSeconds(15);

    /// <returns>Null where the window is short, evenly good or evenly bad.</returns>
    public async Task<TimeWindow?> FindAsync(Inquiry inquiry, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        var window = inquiry.Window;
        if (window.Length < Shortest)
            return null;
        var step = window.Length / Steps > ShortestStep ? window.Length / Steps : ShortestStep;
        var read = await inquiry.ReadAsync(
            string.Join(" || ", services.Select(PlanSpans.OfService)) + " | rate() by (status)",
            window,
            () => requests.SeriesAsync(new SpanFilter { Services = services }, window, step, cancellationToken),
            points => points.Count
        );
        return Longest(read.Value, window, step);
    }

    /// <summary>The worst run of bad steps; one good or empty step between two bad ones does not end it.</summary>
    internal static TimeWindow? Longest(IReadOnlyList<RequestPoint> points, TimeWindow window, TimeSpan step)
    {
        var usual = points.Where(point => point.Statistics.Requests > 0).ToList();
        if (usual.Count < 4)
            return null;
        var rate = Median(usual.Select(point => point.Statistics.ErrorRate ?? 0));
        var p95 = Median(usual.Select(point => point.Statistics.Percentile(95) ?? 0));
        (int From, int To, double Weight)? best = null;
        (int From, int To, double Weight)? run = null;
        for (var i = 0; i < points.Count; i++)
        {
            var weight = Badness(points[i].Statistics, rate, p95);
            if (weight > 0)
                run = run is { } going && i - going.To <= 2 ? (going.From, i, going.Weight + weight) : (i, i, weight);
            if (run is { } now && (best is null || now.Weight > best.Value.Weight))
                best = now;
        }

        if (best is not { } worst || (worst.To - worst.From + 1) * 10 > points.Count * 7)
            return null;
        var stretch = new TimeWindow(points[worst.From].Time, points[worst.To].Time + step);
        return new TimeWindow(stretch.FromNs, Math.Min(stretch.ToNs, window.ToNs));
    }

    // The contract's "clearly worse", against the median step in place of a baseline.
    private static double Badness(RequestStatistics step, double rate, double p95)
    {
        var failing = step.Failed >= 2 && step.ErrorRate > 3 * rate && step.ErrorRate > rate + 0.005;
        var slow = step.Requests >= Enough && step.Percentile(95) > 1.5 * p95 && step.Percentile(95) > p95 + 25;
        return (failing ? step.ErrorRate!.Value * step.Requests : 0)
            + (slow ? step.Requests * (1 - (p95 / step.Percentile(95)!.Value)) : 0);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
