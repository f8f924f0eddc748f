using Copilot.Store.Reads.Filters;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Requests;

/// <summary>
/// Requests of windows of which not all spans are stored: from the rollups, which counted every one. They know service and operation only,
/// and whole minutes; for everything else the caller weighs the spans that were kept.
/// </summary>
internal sealed class ThinnedRequests(CopilotDatabase database)
{
    private readonly ThinnedHours _hours = new(database);
    private readonly RequestRollups _rollups = new(database);

    public Task<bool> TouchAsync(TimeWindow window, CancellationToken cancellationToken) => _hours.TouchAsync(window, cancellationToken);

    /// <summary>Null where the rollups cannot tell.</summary>
    public async Task<IReadOnlyDictionary<(string? Service, string? Operation, long Step), RequestStatistics>?> ReadAsync(
        SpanFilter filter,
        TimeWindow window,
        RequestGrouping? grouping,
        long stepNs,
        CancellationToken cancellationToken
    )
    {
        if (filter.Conditions.Count > 0 || grouping?.Attribute is not null || stepNs % UnixNanos.PerMinute != 0)
            return null;
        if (stepNs != 0 && window.FromNs % UnixNanos.PerMinute != 0)
            return null;
        var groups = await _rollups.ReadAsync(
            filter.Services,
            filter.Services.Count > 0 ? filter.ExceptServices : [.. filter.ExceptServices, OwnService.Name],
            filter.Operations,
            window,
            grouping?.Service ?? false,
            grouping?.Operation ?? false,
            stepNs,
            cancellationToken
        );
        return groups.ToDictionary(group => group.Key, group => Statistics(group.Value));
    }

    internal static RequestStatistics Statistics(RequestRollup rollup) =>
        new()
        {
            Requests = rollup.Requests,
            Failed = rollup.Failed,
            MeanMs = rollup.SumNs / rollup.Requests / 1e6,
            MinMs = rollup.MinNs / 1e6,
            MaxMs = rollup.MaxNs / 1e6,
            PercentileMs =
            [
                .. RequestStatistics.PercentilesComputed.Select(percent =>
                    rollup.Durations.Quantile(percent / 100, rollup.MinNs, rollup.MaxNs)!.Value / 1e6
                ),
            ],
            Sampled = rollup.IsSampled ? rollup.Requests : 0,
            EstimatedRequests = rollup.Extrapolated,
        };
}
