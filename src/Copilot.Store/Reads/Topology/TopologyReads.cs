using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Reads.Topology;

/// <summary>Who calls whom: a service whose span is the direct parent of another service's span.</summary>
public sealed class TopologyReads(CopilotDatabase database)
{
    private const int MostLinks = 500;
    private const short EdgePass = 1;
    private static readonly Sql Hex32 = Sql.Trusted("{32}");
    private static readonly Sql Hex16 = Sql.Trusted("{16}");

    /// <summary>The direct callers of any of these services; the called span starts in the window.</summary>
    public async Task<IReadOnlyList<ServiceLink>> CallersAsync(
        IReadOnlyList<string> services,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        var minutes = await SettledAsync(window, cancellationToken);
        Sql counted = $"""
            select e.caller_service_id as id, sum(e.count)::bigint as calls, sum(e.failed)::bigint as failed from edge_minutes e
            where e.callee_service_id = any({Ids(services)}) and e.caller_service_id <> all({Ids(services)}) and {In(minutes)} group by 1
            """;
        return await LinksAsync(counted, Outside(window, minutes).Select(part => Callers(services, part)), cancellationToken);
    }

    /// <summary>The services that these call directly; the called span starts in the window.</summary>
    public async Task<IReadOnlyList<ServiceLink>> CalleesAsync(
        IReadOnlyList<string> services,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        var minutes = await SettledAsync(window, cancellationToken);
        Sql counted = $"""
            select e.callee_service_id as id, sum(e.count)::bigint as calls, sum(e.failed)::bigint as failed from edge_minutes e
            where e.caller_service_id = any({Ids(services)}) and e.callee_service_id <> all({Ids(services)}) and {In(minutes)} group by 1
            """;
        return await LinksAsync(counted, Outside(window, minutes).Select(part => Callees(services, part)), cancellationToken);
    }

    /// <summary>Which of these services call which directly, as far as minutes have been counted.</summary>
    public async Task<IReadOnlyList<(string Caller, string Callee)>> AmongAsync(
        IReadOnlyList<string> services,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        Sql sql = $"""
            select distinct a.name, b.name from edge_minutes e
            join services a on a.id = e.caller_service_id join services b on b.id = e.callee_service_id
            where e.caller_service_id = any({Ids(services)}) and e.callee_service_id = any({Ids(services)}) and {In(window)}
            """;
        return await database.QueryAsync(sql, reader => (reader.GetString(0), reader.GetString(1)), cancellationToken);
    }

    /// <summary>The services whose spans these services' spans link to: who sent the messages that they work on.</summary>
    public async Task<IReadOnlyList<string>> LinkedAsync(
        IReadOnlyList<string> services,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        Sql sql = $"""
            with linked as materialized (
              select l ->> 't' as trace, l ->> 's' as span from (
                select s.links from spans s where s.links is not null and {FilterClause.Where(
                new SpanFilter { Services = services },
                window
            )} limit {MostLinks}) s
              cross join lateral jsonb_array_elements(s.links) l
              where l ->> 't' ~ '^[0-9a-f]{Hex32}$' and l ->> 's' ~ '^[0-9a-f]{Hex16}$')
            select distinct v.name from linked k
            join spans p on p.trace_id = k.trace::uuid and p.span_id = ('x' || k.span)::bit(64)::bigint and {FilterClause.Near(window, "p")}
            join services v on v.id = p.service_id where v.name <> all({services.ToArray()}) order by 1
            """;
        return await database.QueryAsync(sql, reader => reader.GetString(0), cancellationToken);
    }

    /// <summary>What these services call that sends no spans, by address, most called first.</summary>
    public async Task<IReadOnlyList<ServiceLink>> PeerCallsAsync(
        IReadOnlyList<string> callers,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        var minutes = await SettledAsync(window, cancellationToken);
        Sql sql = $"""
            select e.peer, sum(e.count)::bigint, sum(e.failed)::bigint from edge_minutes e
            where e.caller_service_id = any({Ids(callers)}) and e.peer is not null and {In(minutes)} group by 1
            """;
        var links = (
            await database.QueryAsync(
                sql,
                reader => new ServiceLink(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)),
                cancellationToken
            )
        ).ToList();
        foreach (var part in Outside(window, minutes))
            links.AddRange(
                (await PeersAsync(callers, [], part, cancellationToken)).Select(link => new ServiceLink(
                    link.Address,
                    link.Calls,
                    link.Failed
                ))
            );
        return
        [
            .. links
                .GroupBy(link => link.Service, StringComparer.Ordinal)
                .Select(same => new ServiceLink(same.Key, same.Sum(link => link.Calls), same.Sum(link => link.Failed)))
                .OrderByDescending(link => link.Calls)
                .ThenBy(link => link.Service, StringComparer.Ordinal),
        ];
    }

    /// <summary>Client and producer spans by the address they name, where no other service's span is their child.</summary>
    /// <param name="callers">Only calls of these services; all where empty.</param>
    /// <param name="addresses">Only these addresses; all where empty.</param>
    public async Task<IReadOnlyList<PeerLink>> PeersAsync(
        IReadOnlyList<string> callers,
        IReadOnlyList<string> addresses,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        Sql sql = $"""
            select v.name, c.address, count(*), count(*) filter (where c.status = 2), avg(c.duration_ns)::float8 / 1e6,
              percentile_disc(0.95) within group (order by c.duration_ns)::float8 / 1e6
            from (
              select s.*, coalesce(s.peer_service, s.server_address, s.messaging_destination_name) as address from spans s
              where s.kind in (3, 4) and {FilterClause.Where(new SpanFilter { Services = callers }, window)}) c
            join services v on v.id = c.service_id
            where c.address is not null and {OneOf(addresses)} and not exists (
              select from spans k where k.trace_id = c.trace_id and k.parent_span_id = c.span_id and k.service_id <> c.service_id
              and {FilterClause.Near(window, "k")})
            group by 1, 2 order by 3 desc, 1, 2
            """;
        return await database.QueryAsync(
            sql,
            reader => new PeerLink(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetInt64(2),
                reader.GetInt64(3),
                reader.GetDouble(4),
                reader.GetDouble(5)
            ),
            cancellationToken
        );
    }

    private static readonly Sql Failed = Sql.Trusted(FailedSpans.Condition("c"));

    private static Sql OneOf(IReadOnlyList<string> addresses) =>
        addresses.Count == 0 ? Sql.Trusted("true") : Sql.Of($"c.address = any({addresses.ToArray()})");

    private static Sql Ids(IReadOnlyList<string> services) => $"array(select id from services where name = any({services.ToArray()}))";

    private static Sql In(TimeWindow minutes) => $"e.minute_ns >= {minutes.FromNs} and e.minute_ns < {minutes.ToNs}";

    private static Sql Callers(IReadOnlyList<string> services, TimeWindow window) =>
        $"""
            select p.service_id as id, count(*) as calls, count(*) filter (where {Failed}) as failed
            from (select s.trace_id, s.parent_span_id, s.status, s.flags, s.service_id from spans s
              where s.parent_span_id is not null and {FilterClause.Where(new SpanFilter { Services = services }, window)}) c
            join spans p on p.trace_id = c.trace_id and p.span_id = c.parent_span_id and {FilterClause.Near(window, "p")}
            where p.service_id <> all({Ids(services)}) group by 1
            """;

    private static Sql Callees(IReadOnlyList<string> services, TimeWindow window) =>
        $"""
            select c.service_id as id, count(*) as calls, count(*) filter (where {Failed}) as failed
            from (select s.trace_id, s.parent_span_id, s.service_id, s.status, s.flags from spans s
              where s.parent_span_id is not null and {FilterClause.Where(new SpanFilter { ExceptServices = services }, window)}) c
            join (select s.trace_id, s.span_id from spans s
              where {FilterClause.Where(
                new SpanFilter { Services = services },
                new TimeWindow(window.FromNs - FilterClause.SlackNs, window.ToNs)
            )}) p
              on p.trace_id = c.trace_id and p.span_id = c.parent_span_id
            group by 1
            """;

    // Whole minutes whose edges have been counted; a minute that got spans since is not among them, nor is any after it.
    private async Task<TimeWindow> SettledAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        var from = (window.FromNs + UnixNanos.PerMinute - 1) / UnixNanos.PerMinute * UnixNanos.PerMinute;
        var to = window.ToNs / UnixNanos.PerMinute * UnixNanos.PerMinute;
        if (from >= to)
            return new TimeWindow(window.FromNs, window.FromNs);
        Sql sql = $"""
            select min(minute_ns) from pending_minutes
            where pass = {EdgePass} and minute_ns >= {from} and minute_ns < {to}
            """;
        var pending = (await database.QueryAsync(sql, reader => reader.Nullable<long>(0), cancellationToken))[0];
        return pending is null ? new TimeWindow(from, to) : new TimeWindow(from, Math.Max(from, pending.Value));
    }

    private static IEnumerable<TimeWindow> Outside(TimeWindow window, TimeWindow minutes) =>
        new[] { new TimeWindow(window.FromNs, Math.Max(window.FromNs, minutes.FromNs)), new TimeWindow(minutes.ToNs, window.ToNs) }.Where(
            part => !part.IsEmpty
        );

    private async Task<IReadOnlyList<ServiceLink>> LinksAsync(Sql counted, IEnumerable<Sql> direct, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select v.name, sum(l.calls)::bigint, sum(l.failed)::bigint from ({Sql.Join(" union all ", direct.Prepend(counted))}) l
            join services v on v.id = l.id group by 1 order by 2 desc, 1
            """;
        return await database.QueryAsync(
            sql,
            reader => new ServiceLink(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)),
            cancellationToken
        );
    }
}

/// <summary>One service at the other end of calls, and how many calls there were.</summary>
public sealed record ServiceLink(string Service, long Calls, long Failed);

/// <summary>Calls to an address that sends no spans of its own for them.</summary>
public sealed record PeerLink(string Caller, string Address, long Calls, long Failed, double MeanMs, double P95Ms);
