using Copilot.Store.Commands;
using Copilot.Store.Reads.Filters;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Reads.Topology;

/// <summary>Databases, brokers and third parties as their callers' spans show them.</summary>
public sealed class PeerHealthReads(CopilotDatabase database)
{
    private const int Most = 50;

    /// <summary>Client and producer spans that start in the window and below which no other service's span is, by what they call; slowest
    /// p95 first.</summary>
    /// <param name="callers">Only calls of these services; all where empty.</param>
    /// <param name="systems">Only these values of db.system or messaging.system; all where empty.</param>
    public async Task<IReadOnlyList<PeerHealth>> ReadAsync(
        IReadOnlyList<string> callers,
        PeerSort sort,
        IReadOnlyList<string> systems,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        var wanted =
            systems.Count > 0
                ? Sql.Of($"c.system = any({systems.ToArray()})")
                : Sql.Trusted(
                    sort switch
                    {
                        PeerSort.Database => "c.db is not null",
                        PeerSort.Messaging => "c.messaging is not null",
                        PeerSort.External => "c.system is null",
                        _ => "true",
                    }
                );
        Sql sql = $"""
            select coalesce(c.address, c.system), min(c.system), count(*), count(*)
              filter (where c.status = 2), avg(c.duration_ns)::float8 / 1e6,
              percentile_disc(0.95) within group (order by c.duration_ns)::float8 / 1e6, max(c.duration_ns)::float8 / 1e6,
                array_agg(distinct v.name)
            from (
              select s.*, coalesce(s.peer_service, s.server_address, s.attributes ->> 'net.peer.name',
                s.messaging_destination_name) as address,
                coalesce(s.db_system_name, s.attributes ->> 'db.system') as db, s.attributes ->> 'messaging.system' as messaging,
                coalesce(s.db_system_name, s.attributes ->> 'db.system', s.attributes ->> 'messaging.system') as system
              from spans s where s.kind in (3, 4) and {FilterClause.Where(new SpanFilter { Services = callers }, window)}) c
            join services v on v.id = c.service_id
            where coalesce(c.address, c.system) is not null and {wanted} and not exists (
              select from spans k where k.trace_id = c.trace_id and k.parent_span_id = c.span_id and k.service_id <> c.service_id
              and {FilterClause.Near(window, "k")})
            group by 1 order by 6 desc, 1 limit {Most}
            """;
        return await database.QueryAsync(
            sql,
            reader => new PeerHealth(
                reader.GetString(0),
                reader.IsDBNull(1) ? null : reader.GetString(1),
                reader.GetInt64(2),
                reader.GetInt64(3),
                reader.GetDouble(4),
                reader.GetDouble(5),
                reader.GetDouble(6),
                reader.GetFieldValue<string[]>(7)
            ),
            cancellationToken
        );
    }
}

/// <summary>How something that sends no spans looks from its callers.</summary>
/// <param name="Address">What the callers' spans name: peer.service, else the server's address, else the destination or the kind of
/// system.</param>
/// <param name="System">db.system or messaging.system of the calls; null for anything else.</param>
/// <param name="Callers">The services that call it, by name.</param>
public sealed record PeerHealth(
    string Address,
    string? System,
    long Calls,
    long Failed,
    double MeanMs,
    double P95Ms,
    double MaxMs,
    IReadOnlyList<string> Callers
);
