using Copilot.Telemetry.Records;

namespace Copilot.Store.Rollups;

/// <summary>The numbers of one rollup row.</summary>
internal sealed class RollupRow
{
    public long Count { get; private set; }

    public double Extrapolated { get; private set; }

    public long SumNs { get; private set; }

    public long MinNs { get; private set; } = long.MaxValue;

    public long MaxNs { get; private set; } = long.MinValue;

    public DurationHistogram Histogram { get; } = new();

    public void Add(long durationNs, double adjustedCount)
    {
        Count++;
        Extrapolated += adjustedCount;
        SumNs = AddSaturating(SumNs, durationNs);
        MinNs = Math.Min(MinNs, durationNs);
        MaxNs = Math.Max(MaxNs, durationNs);
        Histogram.Add(durationNs);
    }

    public void Merge(long count, double extrapolated, long sumNs, long minNs, long maxNs, ReadOnlySpan<byte> histogram)
    {
        Count += count;
        Extrapolated += extrapolated;
        SumNs = AddSaturating(SumNs, sumNs);
        MinNs = Math.Min(MinNs, minNs);
        MaxNs = Math.Max(MaxNs, maxNs);
        Histogram.Merge(histogram);
    }

    public void Merge(RollupRow other)
    {
        Count += other.Count;
        Extrapolated += other.Extrapolated;
        SumNs = AddSaturating(SumNs, other.SumNs);
        MinNs = Math.Min(MinNs, other.MinNs);
        MaxNs = Math.Max(MaxNs, other.MaxNs);
        Histogram.Merge(other.Histogram);
    }

    /// <summary>Durations of centuries (a broken clock) must not wrap the sum around.</summary>
    public static long AddSaturating(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}

/// <summary>What the spans of one rollup row share.</summary>
internal readonly record struct RollupKey(long MinuteNs, int ServiceId, int OperationId, bool Entry, bool Root, short Status);
