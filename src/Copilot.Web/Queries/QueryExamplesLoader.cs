using Copilot.Answers.Conversations;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Plans;
using Copilot.Telemetry.Records;
using Copilot.TraceQL;

namespace Copilot.Web.Queries;

/// <summary>Looks up what the examples of the query page are made of: counted minutes and the catalogue, no spans.</summary>
public sealed class QueryExamplesLoader(KnownNamesLoader catalogues, ServiceReads services, TraceQlReads reads)
{
    private const string ByService = "| count_over_time() by (resource.service.name)";

    /// <summary>The hour that ends with the newest request received, in whole minutes; null where nothing was received.</summary>
    public async Task<TimeWindow?> LastHourAsync(CancellationToken cancellationToken)
    {
        if (await services.ReceivedUntilAsync(cancellationToken) is not { } until)
            return null;
        var newest = UnixNanos.From(until);
        var end = newest - (newest % UnixNanos.PerMinute) + UnixNanos.PerMinute;
        return new TimeWindow(end - UnixNanos.PerHour, end);
    }

    public async Task<IReadOnlyList<QueryExample>> ReadAsync(TimeWindow hour, CancellationToken cancellationToken) =>
        QueryExamples.Of(
            await catalogues.CurrentAsync(cancellationToken),
            await RankedAsync("{ } " + ByService, hour, cancellationToken),
            await RankedAsync("{ status = error } " + ByService, hour, cancellationToken),
            await LongestAsync(hour, cancellationToken)
        );

    private async Task<IReadOnlyList<string>> RankedAsync(string query, TimeWindow hour, CancellationToken cancellationToken) =>
        [
            .. (await SeriesAsync(query, hour, cancellationToken))
                .OrderByDescending(s => s.Values[0])
                .Select(s => s.Labels[0].Value.GetString())
                .OfType<string>(),
        ];

    private async Task<TimeSpan?> LongestAsync(TimeWindow hour, CancellationToken cancellationToken) =>
        (await SeriesAsync("{ } | max_over_time(duration)", hour, cancellationToken)) is [{ Values: [{ } seconds] }]
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private async Task<IReadOnlyList<MetricSeries>> SeriesAsync(string query, TimeWindow hour, CancellationToken cancellationToken)
    {
        var request = new SeriesRequest
        {
            Query = TraceQlParser.Parse(query),
            Window = hour,
            StepNs = hour.ToNs - hour.FromNs,
        };
        return (await reads.SeriesAsync(request, cancellationToken)).Series;
    }
}
