using Copilot.Store.Commands;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Reads.Tables;

/// <summary>Measures as SQL over rows <c>m</c> of <see cref="SpanMembers"/>; durations come out in milliseconds.</summary>
internal static class MeasureColumns
{
    public static Sql Of(SpanMeasure measure, int place)
    {
        var what = measure.Of is null ? Sql.Trusted("m.duration_ns") : Sql.Of($"m.{SpanMembers.Column("v", place)}");
        Sql number = measure.Kind switch
        {
            MeasureKind.Mean => $"avg({what})",
            MeasureKind.Minimum => $"min({what})",
            MeasureKind.Maximum => $"max({what})",
            MeasureKind.Sum => $"sum({what})",
            MeasureKind.StandardDeviation => $"stddev_pop({what})",
            // By way of a decimal, so that 99.9 % of a thousand is the 999th.
            MeasureKind.Percentile => $"percentile_disc({(double)((decimal)measure.Percent / 100)}) within group (order by {what})",
            MeasureKind.Distinct => $"count(distinct {what})",
            MeasureKind.Share => $"count(*) filter (where m.{SpanMembers.Column("p", place)})::float8 / nullif(count(*), 0)",
            _ => Sql.Trusted("null"),
        };
        return IsDuration(measure) ? Sql.Of($"({number})::float8 / 1e6") : Sql.Of($"({number})::float8");
    }

    private static bool IsDuration(SpanMeasure measure) =>
        !measure.IsOfCounts
        && measure.Kind is not (MeasureKind.Share or MeasureKind.Distinct or MeasureKind.PeakRate)
        && SpanValues.IsDuration(measure.Of);
}
