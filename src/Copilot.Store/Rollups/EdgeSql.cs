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

    /// <summary>Calls between services.</summary>
    /// <param name="onlyLate">Only those one of whose spans came late.</param>
    public static string Calls(bool onlyLate) =>
        $"""
            select c.start_ns - c.start_ns % 60000000000, p.service_id, c.service_id, c.duration_ns, {FailedSpans.Condition(
                "c"
            )}, p.kind in (3, 4), p.duration_ns, p.status = 2,
                round(coalesce(c.weight, 1))::bigint
            from spans c join spans p on p.trace_id = c.trace_id and p.span_id = c.parent_span_id
            where c.start_ns >= $1 and c.start_ns < $2 and c.parent_span_id is not null
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
            """;

    /// <summary>Came after its hour was distilled, and nobody counted it yet: distillation notes on all others why they stay.</summary>
    private static string Late(string span) =>
        FormattableString.Invariant($"{span}.kept is null and {span}.flags & {SpanCopy.ImportedFlag} = 0");
}
