using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Tables;

/// <summary>One number of the requests, spans or traces of a row. Durations are in milliseconds.</summary>
public sealed record SpanMeasure
{
    public required SpanMeasureKind Kind { get; init; }

    /// <summary>Of percentiles, 0 to 100: the nearest-rank one.</summary>
    public double Percent { get; init; }

    /// <summary>The numeric attribute that is measured, or the field whose values are counted; null: the duration.</summary>
    public FieldExpression? Of { get; init; }

    /// <summary>Of shares: what holds of the part; of traces, of any span of theirs.</summary>
    public FieldExpression? Part { get; init; }

    public SpanState PartState { get; init; }

    /// <summary>Of rates.</summary>
    public TimeSpan Per { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Of peak rates: the step whose count makes the rate.</summary>
    public TimeSpan PeakStep { get; init; } = TimeSpan.FromSeconds(10);

    public static SpanMeasure Plain(SpanMeasureKind kind) => new() { Kind = kind };

    public static SpanMeasure Percentile(double percent) => new() { Kind = SpanMeasureKind.Percentile, Percent = percent };

    /// <summary>Whether it is made of nothing but how many there were and how many failed.</summary>
    internal bool IsOfCounts =>
        Kind
            is SpanMeasureKind.Count
                or SpanMeasureKind.Failed
                or SpanMeasureKind.Succeeded
                or SpanMeasureKind.ErrorRate
                or SpanMeasureKind.SuccessRate
                or SpanMeasureKind.Rate;

    /// <summary>A measure of counts; null where it is a ratio of nothing.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="failed">How many of them failed.</param>
    /// <param name="seconds">The length of what they were counted in.</param>
    internal double? OfCounts(long count, long failed, double seconds) =>
        Kind switch
        {
            SpanMeasureKind.Count => count,
            SpanMeasureKind.Failed => failed,
            SpanMeasureKind.Succeeded => count - failed,
            SpanMeasureKind.Rate => seconds <= 0 ? null : count / seconds * Per.TotalSeconds,
            SpanMeasureKind.ErrorRate => count == 0 ? null : (double)failed / count,
            SpanMeasureKind.SuccessRate => count == 0 ? null : (double)(count - failed) / count,
            _ => throw new InvalidOperationException($"{Kind} takes more than counts."),
        };
}

public enum SpanMeasureKind
{
    Count,
    Failed,
    Succeeded,
    ErrorRate,
    SuccessRate,

    /// <summary>The part for which <see cref="SpanMeasure.Part"/> and <see cref="SpanMeasure.PartState"/> hold.</summary>
    Share,
    Rate,

    /// <summary>The highest rate of any <see cref="SpanMeasure.PeakStep"/>.</summary>
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
}
