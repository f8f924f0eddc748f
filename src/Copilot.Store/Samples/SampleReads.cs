using Copilot.Store.Traceql;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;
using Npgsql;

namespace Copilot.Store.Samples;

/// <summary>
/// Reads whole traces of a window, lean and capped, for analysis in memory. Traces are chosen by a hash of their id, so that
/// the same window always gives the same sample and traces of a service are as frequent in it as in truth.
/// </summary>
public sealed class SampleReads(CopilotDatabase database)
{
    /// <summary>Spans of a trace start this much after its root at most, and before it (clocks differ).</summary>
    internal const long After = 2 * UnixNanos.PerMinute;

    private const long Before = 2 * UnixNanos.PerSecond;

    /// <param name="window">Traces whose root starts in it.</param>
    /// <param name="scope">Which spans count.</param>
    /// <param name="mostTraces">At most so many traces,</param>
    /// <param name="mostSpans">and at most about so many spans.</param>
    public async Task<SampledTraces> TracesAsync(
        TimeWindow window, SampleScope scope, int mostTraces, int mostSpans, CancellationToken cancellation)
    {
        var traces = await ReadAsync(window, scope, "s.parent_span_id is null", mostTraces, mostSpans, cancellation);
        // Where whoever starts the traces sends no spans itself, no root ever arrives; then the first request counts.
        return traces.TraceIds.Count > 0
            ? traces
            : await ReadAsync(window, scope, "s.entry and s.service_id = any(array(select id from services))", mostTraces, mostSpans, cancellation);
    }

    private async Task<SampledTraces> ReadAsync(
        TimeWindow window, SampleScope scope, string isFirst, int mostTraces, int mostSpans, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand();
        var parameters = SqlParameters.Positional(command.Parameters);
        command.CommandText = $"""
            with chosen as materialized (
              select s.trace_id, count(*) over () as total from spans s
              where {isFirst} and s.start_ns >= {parameters.Bigint(window.FromNs)} and s.start_ns < {parameters.Bigint(window.ToNs)}
                and {scope.OnTraces("s", window, parameters)}
              group by s.trace_id order by uuid_hash(s.trace_id), s.trace_id limit {parameters.Bigint(mostTraces)})
            select c.total, p.* from chosen c cross join lateral (
              select s.trace_id, s.span_id, s.parent_span_id, s.start_ns, s.duration_ns, s.service_id, s.operation_id, s.resource_id, s.kind, s.status,
                case when s.kind in (3, 4) then coalesce(s.db_system_name, s.attributes ->> 'db.system') is not null else false end,
                case when s.kind in (3, 4) then coalesce(s.peer_service, s.server_address, s.attributes ->> 'net.peer.name',
                  s.attributes ->> 'http.host', s.messaging_destination_name) end,
                case when s.status = 2 then s.error_type end
              from spans s where s.trace_id = c.trace_id
                and s.start_ns >= {parameters.Bigint(window.FromNs - Before)} and s.start_ns < {parameters.Bigint(window.ToNs + After)}
                and {scope.OnSpans("s", window, parameters)}) p
            limit {parameters.Bigint(mostSpans)}
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<TraceId>();
        var spans = new List<SampledSpan>(4096);
        var last = Guid.Empty;
        long total = 0;
        while (await reader.ReadAsync(cancellation))
        {
            total = reader.GetInt64(0);
            var trace = reader.GetGuid(1);
            if (trace != last)
            {
                last = trace;
                ids.Add(TraceId.FromGuid(trace));
            }

            spans.Add(Read(reader, ids.Count - 1));
        }

        if (spans.Count == mostSpans && ids.Count > 1)
        {
            // The last trace was cut by the limit; half a trace would look like calls that vanished.
            ids.RemoveAt(ids.Count - 1);
            spans.RemoveAll(s => s.Trace == ids.Count);
        }

        return new SampledTraces
        {
            Window = window,
            TraceIds = ids,
            Spans = [.. spans],
            Weight = ids.Count == 0 ? 1 : (double)total / ids.Count,
        };
    }

    private static SampledSpan Read(NpgsqlDataReader reader, int trace) => new()
    {
        Trace = trace,
        Id = reader.GetInt64(2),
        Parent = reader.IsDBNull(3) ? 0 : reader.GetInt64(3),
        StartNs = reader.GetInt64(4),
        DurationNs = reader.GetInt64(5),
        Service = reader.GetInt32(6),
        Operation = reader.GetInt32(7),
        Resource = reader.GetInt32(8),
        Kind = (byte)reader.GetInt16(9),
        Status = (byte)reader.GetInt16(10),
        IsDatabase = reader.GetBoolean(11),
        Peer = reader.IsDBNull(12) ? null : reader.GetString(12),
        ErrorType = reader.IsDBNull(13) ? null : reader.GetString(13),
    };
}
