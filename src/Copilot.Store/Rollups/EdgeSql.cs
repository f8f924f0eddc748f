using Copilot.Store.Intake;

namespace Copilot.Store.Rollups;

/// <summary>
/// The statements that find calls. Parameters: $1 and $2 bound the callee's start (for a peer the caller's), $3 is how much earlier the
/// caller's span may have started, $4 how much later the callee's.
/// </summary>
internal static class EdgeSql
{
    /// <summary>Marks late spans as counted.</summary>
    public static string NoteLate { get; } = $"update spans s set kept = 0 where s.start_ns >= $1 and s.start_ns < $2 and {Late("s")}";

    /// <summary>
    /// Calls between services. A server that shares its client's id (Zipkin's tracers) has the client's parent: where that is the caller's
    /// own span the call is found by it, else by the id; and what such a server does itself is no call of its client.
    /// </summary>
    /// <param name="onlyLate">Only those one of whose spans came late.</param>
    public static string Calls(bool onlyLate) =>
        $"""
            {Pairs("p.span_id = c.parent_span_id", "c.parent_span_id is not null", onlyLate)}
                and not (p.kind = 3 and c.kind not in (2, 5) and exists (
                    select from spans q where q.trace_id = p.trace_id and q.span_id = p.span_id and q.kind = 2
                        and q.service_id = c.service_id and q.start_ns >= $1 - $3 and q.start_ns < $2 + $4))
            union all
            {Pairs("p.span_id = c.span_id", "c.parent_span_id is null and c.kind = 2 and p.kind = 3", onlyLate)}
            """;

    private static string Pairs(string joined, string which, bool onlyLate) =>
        $"""
            select c.start_ns - c.start_ns % 60000000000, p.service_id, c.service_id, c.duration_ns, {FailedSpans.Condition(
                "c"
            )}, p.kind in (3, 4), p.duration_ns, p.status = 2,
                round(coalesce(c.weight, 1))::bigint
            from spans c join spans p on p.trace_id = c.trace_id and {joined}
            where c.start_ns >= $1 and c.start_ns < $2 and {which}
                and p.start_ns >= $1 - $3 and p.start_ns < $2 + $4 and p.service_id <> c.service_id
                and {(onlyLate ? $"({Late("c")} or ({Late("p")} and p.start_ns >= $1 and p.start_ns < $2))" : "true")}
            """;

    /// <summary>Calls to what sends no spans.</summary>
    /// <inheritdoc cref="Calls"/>
    public static string Peers(bool onlyLate) =>
        $"""
            select c.start_ns - c.start_ns % 60000000000, c.service_id, left(c.address, 200), c.duration_ns, c.status = 2,
              round(coalesce(c.weight, 1))::bigint
            from (
                select s.*, coalesce(s.peer_service, s.server_address, s.attributes ->> 'net.peer.name',
                  s.messaging_destination_name, s.db_system_name) as address
                from spans s where s.kind in (3, 4) and s.start_ns >= $1 and s.start_ns < $2 and {(onlyLate ? Late("s") : "true")}) c
            where c.address is not null and not exists (
                select from spans k where k.trace_id = c.trace_id and k.parent_span_id = c.span_id and k.service_id <> c.service_id
                    and k.start_ns >= $1 - least($3, $4) and k.start_ns < $2 + $4)
            and not exists (
                select from spans k where k.trace_id = c.trace_id and k.span_id = c.span_id and k.kind = 2 and k.service_id <> c.service_id
                    and k.start_ns >= $1 - least($3, $4) and k.start_ns < $2 + $4)
            """;

    /// <summary>Came after its hour was distilled, and nobody counted it yet: distillation notes on all others why they stay.</summary>
    private static string Late(string span) =>
        FormattableString.Invariant($"{span}.kept is null and {span}.flags & {SpanCopy.ImportedFlag} = 0");
}
