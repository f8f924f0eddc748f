using Copilot.Store.Commands;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Instrumentation;

/// <summary>Which services sent spans when, by the rollups: exact whatever was sampled or dropped since.</summary>
public sealed class PresenceReads(CopilotDatabase database)
{
    /// <summary>How far back the last span of a service is looked for.</summary>
    private const long LookBackNs = 31 * 24 * UnixNanos.PerHour;

    /// <summary>Every service that ever sent anything, in the order of their names; without the copilot itself.</summary>
    /// <param name="window">Whole minutes; whole hours where the step is an hour or more.</param>
    /// <param name="stepNs">Whole minutes.</param>
    public async Task<IReadOnlyList<ServicePresence>> ReadAsync(TimeWindow window, long stepNs, CancellationToken cancellationToken)
    {
        var folded = Sql.Trusted(stepNs < UnixNanos.PerHour ? "span_rollup_minutes" : "span_rollup_hours");
        Sql counted = $"""
            select r.service_id, ((r.minute_ns - {window.FromNs}) / {stepNs})::int, sum(r.count)::bigint,
              coalesce(sum(r.count) filter (where r.entry), 0)::bigint
            from (select service_id, minute_ns, count, entry from {folded}
                where minute_ns >= {window.FromNs} and minute_ns < {window.ToNs}
              union all select service_id, minute_ns, count, entry from span_rollup_deltas
                where minute_ns >= {window.FromNs} and minute_ns < {window.ToNs}) r
            group by 1, 2 order by 1, 2
            """;
        var steps = (
            await database.QueryAsync(
                counted,
                reader => (Service: reader.GetInt32(0), Step: new PresenceStep(reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3))),
                cancellationToken
            )
        ).ToLookup(row => row.Service, row => row.Step);
        var last = await LastAsync(window.ToNs, cancellationToken);
        return await database.QueryAsync(
            Described,
            reader => new ServicePresence
            {
                Service = reader.GetString(1),
                Steps = [.. steps[reader.GetInt32(0)]],
                LastMinute = last.TryGetValue(reader.GetInt32(0), out var minute) ? UnixNanos.ToTime(minute) : null,
                Namespace = reader.Text(2),
                Sdk = reader.Text(3) is { } language
                    ? new SenderSdk(language, reader.Text(4), reader.Text(5), reader.Text(6), reader.Text(7))
                    : null,
            },
            cancellationToken
        );
    }

    /// <summary>The start of the first minute of the window in which anything was received; null where nothing was.</summary>
    public async Task<DateTimeOffset?> FirstAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        var own = OwnService.Name;
        Sql sql = $"""
            select least(
              (select min(minute_ns) from span_rollup_minutes where minute_ns >= {window.FromNs} and minute_ns < {window.ToNs}
                and service_id <> all(array(select id from services where name = {own}))),
              (select min(minute_ns) from span_rollup_deltas where minute_ns >= {window.FromNs} and minute_ns < {window.ToNs}
                and service_id <> all(array(select id from services where name = {own}))))
            """;
        var first = (await database.QueryAsync(sql, reader => reader.Nullable<long>(0), cancellationToken))[0];
        return first is { } minute ? UnixNanos.ToTime(minute) : null;
    }

    /// <summary>What a service's newest resource says of it.</summary>
    private static Sql Described { get; } =
        $"""
            select v.id, v.name, coalesce(r.service_namespace, r.attributes ->> 'k8s.namespace.name'),
              r.attributes ->> 'telemetry.sdk.language', r.attributes ->> 'telemetry.sdk.name', r.attributes ->> 'telemetry.sdk.version',
              r.attributes ->> 'telemetry.distro.name', r.attributes ->> 'telemetry.distro.version'
            from services v
            left join lateral (select * from resources x where x.service_id = v.id order by x.id desc limit 1) r on true
            where v.name <> {OwnService.Name} order by v.name
            """;

    private async Task<Dictionary<int, long>> LastAsync(long untilNs, CancellationToken cancellationToken)
    {
        var from = untilNs - LookBackNs;
        Sql sql = $"""
            select service_id, max(minute_ns) from (
              select service_id, minute_ns from span_rollup_minutes where minute_ns >= {from} and minute_ns < {untilNs}
              union all select service_id, minute_ns from span_rollup_hours where minute_ns >= {from} and minute_ns < {untilNs}
              union all select service_id, minute_ns from span_rollup_deltas where minute_ns >= {from} and minute_ns < {untilNs}) r
            group by 1
            """;
        return (
            await database.QueryAsync(sql, reader => (Service: reader.GetInt32(0), Minute: reader.GetInt64(1)), cancellationToken)
        ).ToDictionary(row => row.Service, row => row.Minute);
    }
}

/// <summary>When a service sent spans.</summary>
public sealed record ServicePresence
{
    public required string Service { get; init; }

    /// <summary>Those in which it sent any, oldest first.</summary>
    public required IReadOnlyList<PresenceStep> Steps { get; init; }

    /// <summary>The hours of the days before in which it sent any, oldest first; empty where it was not asked for.</summary>
    public IReadOnlyList<PresenceStep> Past { get; init; } = [];

    /// <summary>The start of the last minute with a span, before or in the window; null where it sent none.</summary>
    public DateTimeOffset? LastMinute { get; init; }

    public string? Namespace { get; init; }

    /// <summary>Null where its resource does not say.</summary>
    public SenderSdk? Sdk { get; init; }
}

/// <param name="Index">Which stretch of the window.</param>
/// <param name="Spans">Received.</param>
/// <param name="Requests">Entry spans among them.</param>
public readonly record struct PresenceStep(int Index, long Spans, long Requests);

/// <summary>What a sender says it is made with: <c>telemetry.sdk.*</c> and <c>telemetry.distro.*</c>.</summary>
public sealed record SenderSdk(string Language, string? Name, string? Version, string? Distro, string? DistroVersion);
