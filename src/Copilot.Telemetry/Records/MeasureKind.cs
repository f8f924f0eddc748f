namespace Copilot.Telemetry.Records;

/// <summary>What a number says of the requests, spans, traces, log records or points that it is made of.</summary>
public enum MeasureKind
{
    Count,
    Failed,
    Succeeded,
    ErrorRate,
    SuccessRate,

    /// <summary>The part for which a condition or a <see cref="RecordState"/> holds.</summary>
    Share,

    /// <summary>How many in a second, a minute, an hour.</summary>
    Rate,

    /// <summary>The highest rate of any step.</summary>
    PeakRate,
    Mean,
    Percentile,
    Minimum,
    Maximum,
    Sum,

    /// <summary>Of the population, not of a sample of one.</summary>
    StandardDeviation,

    /// <summary>How many different values.</summary>
    Distinct,

    /// <summary>Of metrics: the newest value.</summary>
    Last,

    /// <summary>Of counters: how much they grew.</summary>
    Increase,
}

public static class MeasureKinds
{
    public static bool IsCount(this MeasureKind kind) =>
        kind is MeasureKind.Count or MeasureKind.Failed or MeasureKind.Succeeded or MeasureKind.Distinct;
}
