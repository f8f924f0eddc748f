using Copilot.Store.Commands;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Store.Instrumentation;

/// <summary>Both sides of calls that do not hang together, in stretches of time that are short enough to read whole.</summary>
public sealed class CallSideReads(CopilotDatabase database)
{
    /// <summary>Spans of one trace lie so close to each other.</summary>
    private const long NearNs = 10 * UnixNanos.PerMinute;

    private const string Columns = """
        s.trace_id, s.span_id, v.name, s.kind, o.name, s.start_ns, s.duration_ns, s.parent_span_id is null,
        coalesce(s.http_request_method, s.attributes ->> 'http.method'), s.http_route,
        coalesce(s.url_path, s.attributes ->> 'http.target', substring(coalesce(s.attributes ->> 'url.full', s.attributes ->> 'http.url')
          from '^[a-z]+://[^/?#]*(/[^?#]*)')),
        coalesce(s.server_address, s.attributes ->> 'net.peer.name', s.peer_service),
        s.rpc_service, s.rpc_method, s.messaging_destination_name,
        coalesce(s.db_system_name, s.attributes ->> 'db.system'), s.attributes ->> 'messaging.system',
        s.attributes ->> 'user_agent.original',
        (select array_agg(l ->> 's') from jsonb_array_elements(s.links) l where jsonb_typeof(s.links) = 'array'),
        coalesce(s.peer_service, s.server_address, s.attributes ->> 'net.peer.name', s.messaging_destination_name, s.db_system_name)
        """;

    private static readonly Sql Selected = Sql.Trusted(Columns);

    // Another service's span below it, or one that shares its id (Zipkin's tracers).
    private static readonly Sql Answered = Sql.Trusted(
        $"""
        exists (select from spans k where k.trace_id = s.trace_id and k.service_id <> s.service_id
          and (k.parent_span_id = s.span_id or (k.span_id = s.span_id and k.kind = 2))
          and k.start_ns >= s.start_ns - {NearNs} and k.start_ns < s.start_ns + {NearNs})
        """
    );

    private static readonly Sql ToDatabase = Sql.Trusted("(s.db_system_name is not null or coalesce(s.attributes ? 'db.system', false))");

    /// <summary>Requests without a parent, and calls that no other service's span answers; of calls to databases, which nobody answers,
    /// only those that begin a trace.</summary>
    /// <param name="slices">Stretches that are read whole.</param>
    /// <param name="most">So many of each at most, evenly of every slice.</param>
    public async Task<IReadOnlyList<CallSide>> ReadAsync(IReadOnlyList<TimeWindow> slices, int most, CancellationToken cancellationToken)
    {
        if (slices.Count == 0)
            return [];
        Sql loose = $"""
            select {Selected} {From(slices)}
            where (s.kind in (2, 5) and s.parent_span_id is null)
              or (s.kind in (3, 4) and (s.parent_span_id is null or not {ToDatabase}) and not {Answered}) limit {most}
            """;
        return await database.QueryAsync(loose, Read, cancellationToken);
    }

    /// <summary>What is called as a database, with its system, by the names under which peers are counted.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DatabasesAsync(
        IReadOnlyList<TimeWindow> slices,
        CancellationToken cancellationToken
    )
    {
        if (slices.Count == 0)
            return new Dictionary<string, string>();
        Sql sql = $"""
            select coalesce(s.peer_service, s.server_address, s.attributes ->> 'net.peer.name', s.messaging_destination_name,
                s.db_system_name, s.attributes ->> 'db.system') as peer, min(coalesce(s.db_system_name, s.attributes ->> 'db.system'))
            {From(slices)} where s.kind = 3 and {ToDatabase} group by 1
            """;
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (peer, system) in await database.QueryAsync(sql, reader => (reader.Text(0), reader.Text(1)), cancellationToken))
            found[peer ?? ""] = system ?? "";
        return found;
    }

    /// <summary>All requests to some services, whether they have a parent or not.</summary>
    public async Task<IReadOnlyList<CallSide>> RequestsAsync(
        IReadOnlyList<string> services,
        IReadOnlyList<TimeWindow> slices,
        int most,
        CancellationToken cancellationToken
    )
    {
        if (slices.Count == 0 || services.Count == 0)
            return [];
        Sql sql = $"select {Selected} {From(slices)} where s.kind in (2, 5) and v.name = any({services.ToArray()}) limit {most}";
        return await database.QueryAsync(sql, Read, cancellationToken);
    }

    /// <summary>The calls that do hang together, by caller, callee and the address that was called.</summary>
    public async Task<IReadOnlyList<KeptCalls>> KeptAsync(IReadOnlyList<TimeWindow> slices, CancellationToken cancellationToken)
    {
        if (slices.Count == 0)
            return [];
        Sql sql = $"""
            select v.name, w.name, coalesce(s.server_address, s.attributes ->> 'net.peer.name', s.peer_service), k.kind = 5, count(*)
            {From(slices)}
            join lateral (select k.service_id, k.kind from spans k where k.trace_id = s.trace_id and k.service_id <> s.service_id
              and (k.parent_span_id = s.span_id or (k.span_id = s.span_id and k.kind = 2)) and k.kind in (2, 5)
              and k.start_ns >= s.start_ns - {NearNs} and k.start_ns < s.start_ns + {NearNs} limit 1) k on true
            join services w on w.id = k.service_id
            where s.kind in (3, 4) group by 1, 2, 3, 4
            """;
        return await database.QueryAsync(
            sql,
            reader => new KeptCalls(reader.GetString(0), reader.GetString(1), reader.Text(2), reader.GetBoolean(3), reader.GetInt64(4)),
            cancellationToken
        );
    }

    /// <summary>Of each service's requests, how many name a parent that was not received.</summary>
    public async Task<IReadOnlyList<LostParents>> LostParentsAsync(IReadOnlyList<TimeWindow> slices, CancellationToken cancellationToken)
    {
        if (slices.Count == 0)
            return [];
        Sql sql = $"""
            select v.name, count(*), count(*) filter (where s.parent_span_id is not null and not exists (
              select from spans p where p.trace_id = s.trace_id and p.span_id = s.parent_span_id
                and p.start_ns >= s.start_ns - {NearNs} and p.start_ns < s.start_ns + {NearNs}))
            {From(slices)} where s.kind in (2, 5) group by 1
            """;
        return await database.QueryAsync(
            sql,
            reader => new LostParents(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)),
            cancellationToken
        );
    }

    /// <summary>Calls to what sends no spans, by address and caller, of the minutes that were counted.</summary>
    public async Task<IReadOnlyList<PeerCalls>> PeerCallsAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select e.peer, c.name, sum(e.count)::bigint, sum(e.failed)::bigint from edge_minutes e
            join services c on c.id = e.caller_service_id and c.name <> {OwnService.Name}
            where e.peer is not null and e.minute_ns >= {window.FromNs} and e.minute_ns < {window.ToNs} group by 1, 2 order by 3 desc, 1, 2
            """;
        return await database.QueryAsync(
            sql,
            reader => new PeerCalls(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)),
            cancellationToken
        );
    }

    /// <summary>The hours in the window of which not all spans are stored any more, by their start.</summary>
    public async Task<IReadOnlyList<long>> ThinnedAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select hour_ns from thinned_hours where hour_ns > {window.FromNs - UnixNanos.PerHour} and hour_ns < {window.ToNs}
            """;
        return await database.QueryAsync(sql, reader => reader.GetInt64(0), cancellationToken);
    }

    // The bounds of all slices let Postgres leave partitions out; the service leads into the index.
    private static Sql From(IReadOnlyList<TimeWindow> slices) =>
        $"""
            from unnest({slices.Select(slice => slice.FromNs).ToArray()}, {slices.Select(slice =>
                slice.ToNs
            ).ToArray()}) as t (since, until)
            cross join services v
            join spans s on s.service_id = v.id and s.start_ns >= t.since and s.start_ns < t.until
              and s.start_ns >= {slices.Min(slice => slice.FromNs)} and s.start_ns < {slices.Max(slice => slice.ToNs)}
              and v.name <> {OwnService.Name}
            join operations o on o.id = s.operation_id
            """;

    private static CallSide Read(NpgsqlDataReader reader) =>
        new()
        {
            TraceId = TraceId.FromGuid(reader.GetGuid(0)),
            SpanId = SpanId.FromInt64(reader.GetInt64(1)),
            Service = reader.GetString(2),
            Kind = (SpanKind)reader.GetInt16(3),
            Operation = reader.GetString(4),
            StartNs = reader.GetInt64(5),
            DurationNs = reader.GetInt64(6),
            IsRoot = reader.GetBoolean(7),
            Method = reader.Text(8),
            Route = reader.Text(9),
            Path =
                reader.Text(10) is { } path && path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at
                    ? path[..at]
                    : reader.Text(10),
            Address = reader.Text(11),
            RpcService = reader.Text(12),
            RpcMethod = reader.Text(13),
            Destination = reader.Text(14),
            System = reader.Text(15) ?? reader.Text(16),
            IsDatabase = !reader.IsDBNull(15),
            UserAgent = reader.Text(17),
            Peer = reader.Text(19),
            Links = reader.IsDBNull(18)
                ? []
                :
                [
                    .. reader
                        .GetFieldValue<string?[]>(18)
                        .Select(text => SpanId.TryParse(text, out var id) ? id : default)
                        .Where(id => !id.IsEmpty),
                ],
        };
}
