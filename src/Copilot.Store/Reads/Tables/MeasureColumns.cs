using Copilot.Store.Commands;

namespace Copilot.Store.Reads.Tables;

/// <summary>Measures as SQL over rows <c>m</c> of <see cref="SpanMembers"/>; durations come out in milliseconds.</summary>
internal static class MeasureColumns
{
    public static Sql Of(SpanMeasure measure, int place)
    {
        var what = measure.Of is null ? Sql.Trusted("m.duration_ns") : Sql.Of($"m.{SpanMembers.Column("v", place)}");
        Sql number = measure.Kind switch
        {
            SpanMeasureKind.Mean => $"avg({what})",
            SpanMeasureKind.Minimum => $"min({what})",
            SpanMeasureKind.Maximum => $"max({what})",
            SpanMeasureKind.Sum => $"sum({what})",
            SpanMeasureKind.StandardDeviation => $"stddev_pop({what})",
            // By way of a decimal, so that 99.9 % of a thousand is the 999th.
            SpanMeasureKind.Percentile => $"percentile_disc({(double)((decimal)measure.Percent / 100)}) within group (order by {what})",
            SpanMeasureKind.Distinct => $"count(distinct {what})",
            SpanMeasureKind.Share => $"count(*) filter (where m.{SpanMembers.Column("p", place)})::float8 / nullif(count(*), 0)",
            _ => Sql.Trusted("null"),
        };
        return IsDuration(measure) ? Sql.Of($"({number})::float8 / 1e6") : Sql.Of($"({number})::float8");
    }

    private static bool IsDuration(SpanMeasure measure) =>
        !measure.IsOfCounts
        && measure.Kind is not (SpanMeasureKind.Share or SpanMeasureKind.Distinct or SpanMeasureKind.PeakRate)
        && SpanValues.IsDuration(measure.Of);
}
