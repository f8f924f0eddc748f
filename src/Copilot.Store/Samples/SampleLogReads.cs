using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Store.Samples;

/// <summary>Log records of sampled traces, and the errors that name no trace.</summary>
public sealed class SampleLogReads(CopilotDatabase database)
{
    /// <summary>Templates are made of the first words; the rest of a long body would only be carried around.</summary>
    private const int BodyLength = 300;

    private const int Most = 60_000;

    private const int MostWithoutTrace = 20_000;

    /// <summary>Records of one second with the same beginning are one: finer than anything that counts them.</summary>
    private const long StretchNs = UnixNanos.PerSecond;

    private const int Beginning = 60;

    /// <summary>Their trace is told nowhere: it was not sampled, or its spans are sent elsewhere.</summary>
    private const string Unseen = """
        and (trace_id is null or not exists (
          select from spans s where s.trace_id = logs.trace_id and s.start_ns > logs.time_ns - 3600000000000
            and s.start_ns < logs.time_ns + 60000000000))
        """;

    public async Task<IReadOnlyList<SampledLog>> OfTracesAsync(
        IReadOnlyList<TraceId> traces,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select l.time_ns, l.trace_id, coalesce(l.span_id, 0), l.service_id, l.resource_id, l.severity, left(l.body, $4)
            from unnest($1::uuid[]) t(id) cross join lateral (
              select * from logs g where g.trace_id = t.id and g.time_ns >= $2 and g.time_ns < $3) l
            where l.body is not null and not l.body_is_json limit $5
            """;
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. traces.Select(t => t.ToGuid())] });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs - UnixNanos.PerSecond });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs + SampleReads.After });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BodyLength });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Most });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Errors of no trace, or of one that has no spans here: of one service's records with the same beginning one for each stretch
    /// of time, for a flood says no more than that.</summary>
    public Task<IReadOnlyList<SampledLog>> WithoutTraceAsync(TimeWindow window, CancellationToken cancellationToken) =>
        ErrorsAsync(window, Unseen, cancellationToken);

    /// <summary>The same of all errors, whether they name a trace or not.</summary>
    public Task<IReadOnlyList<SampledLog>> ErrorsAsync(TimeWindow window, CancellationToken cancellationToken) =>
        ErrorsAsync(window, "", cancellationToken);

    private async Task<IReadOnlyList<SampledLog>> ErrorsAsync(TimeWindow window, string which, CancellationToken cancellationToken)
    {
        var sql = $"""
            select min(time_ns), null::uuid, 0::bigint, service_id, min(resource_id), max(severity), min(left(body, $3))
            from logs where time_ns >= $1 and time_ns < $2 and severity >= {SeverityNumber.Error} {which} and body is not null
              and not body_is_json
            group by service_id, (time_ns - $1) / $4, left(body, $5) order by 1 limit $6
            """;
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BodyLength });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = StretchNs });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Beginning });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostWithoutTrace });
        return await ReadAsync(command, cancellationToken);
    }

    private static async Task<IReadOnlyList<SampledLog>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var logs = new List<SampledLog>();
        while (await reader.ReadAsync(cancellationToken))
            logs.Add(
                new SampledLog(
                    reader.GetInt64(0),
                    reader.IsDBNull(1) ? default : TraceId.FromGuid(reader.GetGuid(1)),
                    reader.GetInt64(2),
                    reader.GetInt32(3),
                    reader.GetInt32(4),
                    reader.GetInt16(5),
                    reader.GetString(6)
                )
            );
        return logs;
    }
}
