using Copilot.Analysis.Thresholds;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Timeline;

/// <summary>A stretch of time in which exactly the requests that are asked about were clearly worse than usual.</summary>
public sealed record SubjectEpisode
{
    /// <summary>From the start of its first bad request to that of its last; while it lasts to the end of what was looked at.</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>Nothing in what was looked at shows that it is over.</summary>
    public required bool Lasts { get; init; }

    /// <summary>When its last bad request so far began.</summary>
    public required long LastBadNs { get; init; }

    /// <summary>It shows more in failures than in durations.</summary>
    public required bool ByErrors { get; init; }

    /// <summary>How far it is from chance, in standard deviations added up over minutes.</summary>
    public double Badness { get; init; }

    /// <summary>Requests that start in it, and how many of them failed.</summary>
    public long Requests { get; init; }

    public long Failed { get; init; }

    /// <summary>Requests that started after its last bad one.</summary>
    public long After { get; init; }

    /// <summary>The error rate (0 to 1) or the p95 (milliseconds) in the time before it; null where there was none.</summary>
    public double? Before { get; init; }

    /// <summary>The highest in a step of it.</summary>
    public double? Peak { get; init; }

    /// <summary>When that step begins.</summary>
    public DateTimeOffset? PeakAt { get; init; }

    /// <summary>False where only whole minutes tell when it began and ended.</summary>
    public bool IsToTheSecond { get; init; } = true;
}

/// <summary>How the requests that are asked about went.</summary>
/// <param name="Episodes">Oldest first; none where no minute is clearly worse than the others.</param>
/// <param name="Seen">What was looked at, from where on there were such requests.</param>
public sealed record SubjectHistory(IReadOnlyList<SubjectEpisode> Episodes, TimeWindow Seen);

/// <summary>What to look for among the requests that are asked about.</summary>
public enum TroubleSide
{
    Any,
    Errors,
    Latency,
}

/// <summary>Requests of several steps together.</summary>
internal sealed class RequestSum
{
    public long Requests { get; private set; }

    public long Failed { get; private set; }

    public DurationHistogram Durations { get; } = new();

    public static RequestSum Of(IEnumerable<ServiceMinute> steps)
    {
        var sum = new RequestSum();
        foreach (var step in steps)
        {
            sum.Requests += step.Requests;
            sum.Failed += step.Failed;
            sum.Durations.Merge(step.Durations);
        }

        return sum;
    }

    /// <summary>The error rate, or the p95 in milliseconds; null where there were none.</summary>
    public double? Measure(bool errors) =>
        Requests == 0 ? null
        : errors ? (double)Failed / Requests
        : Durations.Quantile(ClearlyWorse.Percentile) / (double)UnixNanos.PerMillisecond;
}
