using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Tables;

/// <summary>One number of the requests, spans or traces of a row. Durations are in milliseconds.</summary>
public sealed record SpanMeasure
{
    public required MeasureKind Kind { get; init; }

    /// <summary>Of percentiles, 0 to 100: the nearest-rank one.</summary>
    public double Percent { get; init; }

    /// <summary>The numeric attribute that is measured, or the field whose values are counted; null: the duration.</summary>
    public FieldExpression? Of { get; init; }

    /// <summary>Of shares: what holds of the part; of traces, of any span of theirs.</summary>
    public FieldExpression? Part { get; init; }

    public RecordState PartState { get; init; }

    /// <summary>Of rates.</summary>
    public TimeSpan Per { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Of peak rates: the step whose count makes the rate.</summary>
    public TimeSpan PeakStep { get; init; } = TimeSpan.FromSeconds(10);

    public static SpanMeasure Plain(MeasureKind kind) => new() { Kind = kind };

    public static SpanMeasure Percentile(double percent) => new() { Kind = MeasureKind.Percentile, Percent = percent };

    /// <summary>Whether it is made of nothing but how many there were and how many failed.</summary>
    internal bool IsOfCounts =>
        Kind
            is MeasureKind.Count
                or MeasureKind.Failed
                or MeasureKind.Succeeded
                or MeasureKind.ErrorRate
                or MeasureKind.SuccessRate
                or MeasureKind.Rate;

    /// <summary>A measure of counts; null where it is a ratio of nothing.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="failed">How many of them failed.</param>
    /// <param name="seconds">The length of what they were counted in.</param>
    internal double? OfCounts(long count, long failed, double seconds) =>
        Kind switch
        {
            MeasureKind.Count => count,
            MeasureKind.Failed => failed,
            MeasureKind.Succeeded => count - failed,
            MeasureKind.Rate => seconds <= 0 ? null : count / seconds * Per.TotalSeconds,
            MeasureKind.ErrorRate => count == 0 ? null : (double)failed / count,
            MeasureKind.SuccessRate => count == 0 ? null : (double)(count - failed) / count,
            _ => throw new InvalidOperationException($"{Kind} takes more than counts."),
        };
}
