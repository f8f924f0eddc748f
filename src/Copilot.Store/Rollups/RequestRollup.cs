using Copilot.Telemetry.Records;

namespace Copilot.Store.Rollups;

/// <summary>Requests of one group, counted by the rollups: every request received, whether or not its spans are still stored.</summary>
public sealed class RequestRollup
{
    public long Requests { get; private set; }

    public long Failed { get; private set; }

    /// <summary>What they stand for where senders sampled.</summary>
    public double Extrapolated { get; private set; }

    /// <summary>Senders sampled, so that they stand for more than were received.</summary>
    public bool IsSampled => Extrapolated > Requests + 0.5;

    public double SumNs { get; private set; }

    public long MinNs { get; private set; } = long.MaxValue;

    public long MaxNs { get; private set; }

    /// <summary>Percentiles within 1 %.</summary>
    public DurationHistogram Durations { get; } = new();

    /// <summary>Of those that failed.</summary>
    public DurationHistogram FailedDurations { get; } = new();

    internal void Add(bool failed, long durationNs, long count)
    {
        Count(failed, count, count, durationNs * (double)count, durationNs, durationNs);
        Durations.Add(durationNs, count);
        if (failed)
            FailedDurations.Add(durationNs, count);
    }

    internal void Add(bool failed, long count, double extrapolated, double sumNs, long minNs, long maxNs, byte[][] histograms)
    {
        Count(failed, count, extrapolated, sumNs, minNs, maxNs);
        Durations.Merge(histograms);
        if (failed)
            FailedDurations.Merge(histograms);
    }

    internal void Add(RequestRollup other)
    {
        Count(failed: false, other.Requests, other.Extrapolated, other.SumNs, other.MinNs, other.MaxNs);
        Failed += other.Failed;
        Durations.Merge(other.Durations);
        FailedDurations.Merge(other.FailedDurations);
    }

    private void Count(bool failed, long count, double extrapolated, double sumNs, long minNs, long maxNs)
    {
        Requests += count;
        Failed += failed ? count : 0;
        Extrapolated += extrapolated;
        SumNs += sumNs;
        MinNs = Math.Min(MinNs, minNs);
        MaxNs = Math.Max(MaxNs, maxNs);
    }
}

/// <summary>The rollups' rows about requests, minute by minute.</summary>
internal static class RequestMinutes
{
    /// <summary>What the intake appended and what was folded since, of the minutes that start from $1 until before $2; a query for a
    /// <c>from</c>.</summary>
    public const string Rows = """
        (select * from span_rollup_deltas where entry and minute_ns >= $1 and minute_ns < $2
        union all select * from span_rollup_minutes where entry and minute_ns >= $1 and minute_ns < $2)
        """;
}
