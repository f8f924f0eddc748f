using Copilot.Telemetry.Spans;

namespace Copilot.Store.Retention;

/// <summary>Traces that an answer or an incident names: distillation keeps them, whatever they are. Pinned ones outlive their hour too.</summary>
public sealed class CitedTraces(CopilotDatabase database)
{
    /// <param name="why">What cites them, for people who look at the table: an answer's or incident's id.</param>
    public async Task AddAsync(IEnumerable<TraceId> traces, string why, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            "insert into cited_traces (trace_id, why) select distinct trace_id, $2 from unnest($1) as g (trace_id) on conflict do nothing");
        command.Parameters.AddWithValue(traces.Select(static trace => trace.ToGuid()).ToArray());
        command.Parameters.AddWithValue(why);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps them for good, as an incident's record needs them.</summary>
    public async Task PinAsync(IEnumerable<TraceId> traces, string why, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            """
            insert into cited_traces (trace_id, why, pinned) select distinct trace_id, $2, true from unnest($1) as g (trace_id)
            on conflict (trace_id) do update set pinned = true
            """);
        command.Parameters.AddWithValue(traces.Select(static trace => trace.ToGuid()).ToArray());
        command.Parameters.AddWithValue(why);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
