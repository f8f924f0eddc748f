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

    /// <summary>Something was taken out.</summary>
    public bool Lessened { get; private set; }

    public void Add(long durationNs, double adjustedCount)
    {
        Count++;
        Extrapolated += adjustedCount;
        SumNs = AddSaturating(SumNs, durationNs);
        MinNs = Math.Min(MinNs, durationNs);
        MaxNs = Math.Max(MaxNs, durationNs);
        Histogram.Add(durationNs);
    }

    /// <summary>Takes a span out that is counted here, or in what is merged into this: the numbers may be below zero meanwhile.</summary>
    public void Remove(long durationNs, double adjustedCount)
    {
        Lessened = true;
        Count--;
        Extrapolated -= adjustedCount;
        SumNs -= durationNs;
        Histogram.Add(durationNs, -1);
    }

    /// <summary>After something was taken out: extremes that nothing can have any more come down to the histogram's.</summary>
    public void CloseIn()
    {
        if (Histogram.Extremes() is not { } extremes)
            return;
        if (DurationHistogram.BucketOf(MinNs) < DurationHistogram.BucketOf(extremes.Shortest))
            MinNs = extremes.Shortest;
        if (DurationHistogram.BucketOf(MaxNs) > DurationHistogram.BucketOf(extremes.Longest))
            MaxNs = extremes.Longest;
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
        Lessened |= other.Lessened;
        Count += other.Count;
        Extrapolated += other.Extrapolated;
        SumNs = AddSaturating(SumNs, other.SumNs);
        MinNs = Math.Min(MinNs, other.MinNs);
        MaxNs = Math.Max(MaxNs, other.MaxNs);
        Histogram.Merge(other.Histogram);
    }

    /// <summary>Durations of centuries (a broken clock) must not wrap the sum around.</summary>
    public static long AddSaturating(long left, long right) => right > 0 && left > long.MaxValue - right ? long.MaxValue : left + right;
}

/// <summary>What the spans of one rollup row share.</summary>
internal readonly record struct RollupKey(long MinuteNs, int ServiceId, int OperationId, bool Entry, bool Root, short Status);
