using Copilot.Store.Reads.Requests;

namespace Copilot.Store.Reads.Tables;

/// <summary>Tables that ask for nothing but what is counted of every request: exact also where not every span is stored.</summary>
internal sealed class PlainTables(RequestReads requests)
{
    public static bool Tells(SpanTableQuery query) =>
        query is { Over: SpanPopulation.Requests, AsksOfSpans: false, State: not SpanState.Slow }
        && query.By.All(group => group == SpanGroup.OfService || group == SpanGroup.OfOperation)
        && (query.By.Count == 0 || (query.Step is null && query.By.Contains(SpanGroup.OfService)))
        && query.Measures.All(measure => measure.IsOfCounts || (query.State == SpanState.Any && IsStatistic(measure)));

    private static bool IsStatistic(SpanMeasure measure) =>
        measure.Of is null
        && (
            measure.Kind is SpanMeasureKind.Mean or SpanMeasureKind.Minimum or SpanMeasureKind.Maximum or SpanMeasureKind.Sum
            || (measure.Kind == SpanMeasureKind.Percentile && RequestStatistics.PercentilesComputed.Contains(measure.Percent))
            || measure is { Kind: SpanMeasureKind.Share, Part: null, PartState: not SpanState.Slow }
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
            SpanState.Failed => (found.Failed, found.Failed),
            SpanState.Succeeded => (found.Requests - found.Failed, 0),
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
            SpanMeasureKind.Mean => found.MeanMs,
            SpanMeasureKind.Minimum => found.MinMs,
            SpanMeasureKind.Maximum => found.MaxMs,
            SpanMeasureKind.Sum => found.MeanMs * found.Requests,
            SpanMeasureKind.Percentile => found.Percentile(measure.Percent),
            SpanMeasureKind.Share when found.Requests == 0 => null,
            SpanMeasureKind.Share => measure.PartState switch
            {
                SpanState.Failed => found.ErrorRate,
                SpanState.Succeeded => 1 - found.ErrorRate,
                _ => 1,
            },
            _ => measure.OfCounts(count, failed, seconds),
        };
}
