using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Reads.Tables;

/// <summary>Tables that ask for nothing but what is counted of every request: exact also where not every span is stored.</summary>
internal sealed class PlainTables(RequestReads requests)
{
    public static bool Tells(SpanTableQuery query) =>
        query is { Over: SpanPopulation.Requests, AsksOfSpans: false, State: not RecordState.Slow }
        && query.By.All(group => group == SpanGroup.OfService || group == SpanGroup.OfOperation)
        && (query.By.Count == 0 || (query.Step is null && query.By.Contains(SpanGroup.OfService)))
        && query.Measures.All(measure => measure.IsOfCounts || (query.State == RecordState.Any && IsStatistic(measure)));

    private static bool IsStatistic(SpanMeasure measure) =>
        measure.Of is null
        && (
            measure.Kind is MeasureKind.Mean or MeasureKind.Minimum or MeasureKind.Maximum or MeasureKind.Sum
            || (measure.Kind == MeasureKind.Percentile && RequestStatistics.PercentilesComputed.Contains(measure.Percent))
            || measure is { Kind: MeasureKind.Share, Part: null, PartState: not RecordState.Slow }
        );

    public async Task<IReadOnlyList<SpanTableRow>> ReadAsync(SpanTableQuery query, CancellationToken cancellationToken)
    {
        if (query.Step is { } step)
        {
            var points = await requests.SeriesAsync(query.Filter, query.Window, step, cancellationToken);
            return [.. points.Select((point, at) => Row(query, point.Time, [], point.Statistics, SpanTableReads.Seconds(query, at)))];
        }

        if (query.By.Count == 0)
        {
            var all = await requests.StatisticsAsync(query.Filter, query.Window, cancellationToken);
            return [Row(query, null, [], all, query.Window.Seconds)];
        }

        var grouping = query.By.Contains(SpanGroup.OfOperation) ? RequestGrouping.ByOperation : RequestGrouping.ByService;
        var groups = await requests.GroupedAsync(query.Filter, query.Window, grouping, cancellationToken);
        return
        [
            .. groups
                .Select(group =>
                    Row(
                        query,
                        null,
                        [.. query.By.Select(by => by == SpanGroup.OfService ? group.Service : group.Operation)],
                        group.Statistics,
                        query.Window.Seconds
                    )
                )
                .Where(row => row.Count > 0),
        ];
    }

    private static SpanTableRow Row(
        SpanTableQuery query,
        DateTimeOffset? time,
        IReadOnlyList<string?> groups,
        RequestStatistics found,
        double seconds
    )
    {
        var (count, failed) = query.State switch
        {
            RecordState.Failed => (found.Failed, found.Failed),
            RecordState.Succeeded => (found.Requests - found.Failed, 0),
            _ => (found.Requests, found.Failed),
        };
        return new SpanTableRow(time, groups, [.. query.Measures.Select(measure => Value(measure, found, count, failed, seconds))])
        {
            Count = count,
            Failed = failed,
            Sampled = found.Sampled,
            Estimated = found.EstimatedRequests,
        };
    }

    private static double? Value(SpanMeasure measure, RequestStatistics found, long count, long failed, double seconds) =>
        measure.Kind switch
        {
            MeasureKind.Mean => found.MeanMs,
            MeasureKind.Minimum => found.MinMs,
            MeasureKind.Maximum => found.MaxMs,
            MeasureKind.Sum => found.MeanMs * found.Requests,
            MeasureKind.Percentile => found.Percentile(measure.Percent),
            MeasureKind.Share when found.Requests == 0 => null,
            MeasureKind.Share => measure.PartState switch
            {
                RecordState.Failed => found.ErrorRate,
                RecordState.Succeeded => 1 - found.ErrorRate,
                _ => 1,
            },
            _ => measure.OfCounts(count, failed, seconds),
        };
}
