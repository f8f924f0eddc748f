using Copilot.Store.Commands;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Rollups;

/// <summary>Who calls whom in the whole system, from the minutes whose calls have been counted.</summary>
public sealed class CallMapReads(CopilotDatabase database)
{
    /// <summary>Every pair that was called in the window, in the order of names; without the copilot itself.</summary>
    /// <param name="window">By whole minutes: one that the window cuts counts where it begins in it.</param>
    public async Task<IReadOnlyList<CountedCalls>> ReadAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select a.name, coalesce(b.name, e.peer), e.callee_service_id is null, e.calls, e.failed from (
              select caller_service_id, callee_service_id, peer, sum(count)::bigint as calls, sum(failed)::bigint as failed
              from edge_minutes where minute_ns >= {window.FromNs} and minute_ns < {window.ToNs} group by 1, 2, 3) e
            join services a on a.id = e.caller_service_id
            left join services b on b.id = e.callee_service_id
            where a.name <> {OwnService.Name} and b.name is distinct from {OwnService.Name}
            order by 1, 2
            """;
        return await database.QueryAsync(
            sql,
            reader => new CountedCalls(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetBoolean(2),
                reader.GetInt64(3),
                reader.GetInt64(4)
            ),
            cancellationToken
        );
    }
}

/// <param name="ToPeer">The callee sends no spans itself.</param>
public readonly record struct CountedCalls(string Caller, string Callee, bool ToPeer, long Calls, long Failed);
