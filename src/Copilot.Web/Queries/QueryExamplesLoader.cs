using Copilot.Agent.Interpretation.Catalogue;
using Copilot.Store.Reads.Services;
using Copilot.Store.Traceql;
using Copilot.Telemetry.Time;
using Copilot.TraceQL;

namespace Copilot.Web.Queries;

/// <summary>Looks up what the examples of the query page are made of: counted minutes and the catalogue, no spans.</summary>
public sealed class QueryExamplesLoader(LiveCatalogueLoader catalogues, ServiceReads services, TraceQlReads reads)
{
    private const string ByService = "| count_over_time() by (resource.service.name)";

    /// <summary>The hour that ends with the newest request received, in whole minutes; null where nothing was received.</summary>
    public async Task<TimeWindow?> LastHourAsync(CancellationToken cancellation)
    {
        if (await services.ReceivedUntilAsync(cancellation) is not { } until)
            return null;
        var newest = UnixNanos.From(until);
        var end = newest - (newest % UnixNanos.PerMinute) + UnixNanos.PerMinute;
        return new TimeWindow(end - (60 * UnixNanos.PerMinute), end);
    }

    public async Task<IReadOnlyList<QueryExample>> ReadAsync(TimeWindow hour, CancellationToken cancellation) => QueryExamples.Of(
        await catalogues.CurrentAsync(cancellation),
        await RankedAsync("{ } " + ByService, hour, cancellation),
        await RankedAsync("{ status = error } " + ByService, hour, cancellation),
        await LongestAsync(hour, cancellation));

    private async Task<IReadOnlyList<string>> RankedAsync(string query, TimeWindow hour, CancellationToken cancellation) =>
        [.. (await SeriesAsync(query, hour, cancellation)).OrderByDescending(s => s.Values[0]).Select(s => s.Labels[0].Value.GetString()).OfType<string>()];

    private async Task<TimeSpan?> LongestAsync(TimeWindow hour, CancellationToken cancellation) =>
        (await SeriesAsync("{ } | max_over_time(duration)", hour, cancellation)) is [{ Values: [{ } seconds] }] ? TimeSpan.FromSeconds(seconds) : null;

    private async Task<IReadOnlyList<MetricSeries>> SeriesAsync(string query, TimeWindow hour, CancellationToken cancellation)
    {
        var request = new SeriesRequest { Query = TraceQlParser.Parse(query), Window = hour, StepNs = hour.ToNs - hour.FromNs };
        return (await reads.SeriesAsync(request, cancellation)).Series;
    }
}
