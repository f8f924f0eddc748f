using System.Runtime.InteropServices;
using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Requests;

/// <summary>
/// Very many requests without reading each: whole minutes from the rollups, which counted every one, and what the window holds of the
/// minutes at its ends from the spans. Numbers, means and extremes are exact, percentiles within 1 %.
/// </summary>
internal sealed class CountedRequests(CopilotDatabase database, long few = CountedRequests.Few)
{
    /// <summary>So many are read in half a second, and then percentiles are exact too.</summary>
    private const long Few = 250_000;

    /// <summary>Shorter windows hold few. Of one service the spans are found by its index; the counted minutes are everybody's.</summary>
    private static readonly TimeSpan _shortest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan _shortestOfServices = TimeSpan.FromHours(2);

    private readonly RequestRollups _rollups = new(database);

    /// <returns>Null where the spans are to be read: they are few, the rollups do not know what is asked, or senders sampled.</returns>
    public async Task<IReadOnlyDictionary<(string? Service, string? Operation), RequestStatistics>?> ReadAsync(
        SpanFilter filter,
        TimeWindow window,
        RequestGrouping? grouping,
        CancellationToken cancellationToken
    )
    {
        if (filter.Conditions.Count > 0 || grouping?.Attribute is not null)
            return null;
        if (window.Length < (filter.Services.Count == 0 ? _shortest : _shortestOfServices))
            return null;
        var from = window.FromNs + UnixNanos.PerMinute - 1 - ((window.FromNs + UnixNanos.PerMinute - 1) % UnixNanos.PerMinute);
        var to = window.ToNs - (window.ToNs % UnixNanos.PerMinute);
        var counted = await _rollups.ReadAsync(
            filter.Services,
            filter.Services.Count > 0 ? filter.ExceptServices : [.. filter.ExceptServices, OwnService.Name],
            filter.Operations,
            new TimeWindow(from, to),
            grouping?.Service ?? false,
            grouping?.Operation ?? false,
            0,
            cancellationToken
        );
        if (counted.Values.Sum(rollup => rollup.Requests) < few || counted.Values.Any(rollup => rollup.IsSampled))
            return null;
        var groups = counted.ToDictionary(group => (group.Key.Service, group.Key.Operation), group => group.Value);
        foreach (var end in new[] { new TimeWindow(window.FromNs, from), new TimeWindow(to, window.ToNs) })
        {
            if (!end.IsEmpty)
                await AddAsync(groups, filter, end, grouping, cancellationToken);
        }

        return groups.ToDictionary(group => group.Key, group => ThinnedRequests.Statistics(group.Value) with { IsCounted = true });
    }

    private async Task AddAsync(
        Dictionary<(string? Service, string? Operation), RequestRollup> groups,
        SpanFilter filter,
        TimeWindow end,
        RequestGrouping? grouping,
        CancellationToken cancellationToken
    )
    {
        var service = Sql.Trusted(grouping?.Service == true ? "s.service_id" : "0");
        var operation = Sql.Trusted(grouping?.Operation == true ? "o.name" : "null::text");
        // By the index of services and times: of a stretch so short everything else would be passed over.
        Sql sql = $"""
            select v.name, g.operation, g.failed, g.durations from (
              select {service} as service, {operation} as operation, {Sql.Trusted(FailedSpans.Condition("s"))} as failed,
                array_agg(s.duration_ns) as durations
              from spans s join operations o on o.id = s.operation_id
              where s.entry and s.service_id = any(array(select id from services)) and {FilterClause.All(filter, end)}
              group by 1, 2, 3) g
            left join services v on v.id = g.service
            """;
        var read = await database.QueryAsync(
            sql,
            reader => (Key: (reader.Text(0), reader.Text(1)), Failed: reader.GetBoolean(2), DurationsNs: reader.GetFieldValue<long[]>(3)),
            cancellationToken
        );
        foreach (var (key, failed, durationsNs) in read)
        {
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out _);
            group ??= new RequestRollup();
            foreach (var durationNs in durationsNs)
                group.Add(failed, durationNs, 1);
        }
    }
}
