namespace Copilot.Store.Reads.Requests;

/// <summary>What a set of requests (entry spans) measured. Durations are in milliseconds; null where there were no requests.</summary>
public sealed record RequestStatistics
{
    /// <summary>The percentiles that are computed, in percent, in the order of <see cref="PercentileMs"/>.</summary>
    public static IReadOnlyList<double> PercentilesComputed { get; } = [50, 75, 90, 95, 99, 99.9];

    public static RequestStatistics None { get; } = new();

    public long Requests { get; init; }

    public long Failed { get; init; }

    public double? MeanMs { get; init; }

    public double? MinMs { get; init; }

    public double? MaxMs { get; init; }

    /// <summary>Counted by the minute and not read one by one, as there are very many: percentiles are within 1 %.</summary>
    public bool IsCounted { get; init; }

    /// <summary>Nearest-rank percentiles, exact but where <see cref="IsCounted"/>.</summary>
    public IReadOnlyList<double> PercentileMs { get; init; } = [];

    /// <summary>How many of the requests their sender kept by sampling, so that they stand for more.</summary>
    public long Sampled { get; init; }

    /// <summary>How many requests there were before senders sampled: each counted as many times as it stands for.</summary>
    public double EstimatedRequests { get; init; }

    public double? ErrorRate => Requests == 0 ? null : (double)Failed / Requests;

    /// <summary>One of <see cref="PercentilesComputed"/>; null where there were no requests.</summary>
    public double? Percentile(double percent)
    {
        var at = PercentilesComputed.ToList().IndexOf(percent);
        if (at < 0)
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "Not among the percentiles computed.");
        return at < PercentileMs.Count ? PercentileMs[at] : null;
    }
}
