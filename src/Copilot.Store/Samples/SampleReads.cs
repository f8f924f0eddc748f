using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Store.Samples;

/// <summary>
/// Reads whole traces of a window, lean and capped, for analysis in memory. Traces are chosen by a hash of their id, so that
/// the same window always gives the same sample and traces of a service are as frequent in it as in truth.
/// </summary>
public sealed class SampleReads(CopilotDatabase database)
{
    // On a developer's machine all services share one address and differ by their ports.
    private const string PortOfOwnHost =
        "case when s.server_address in ('localhost', '127.0.0.1', '::1') then s.server_address || ':' || s.server_port::text end";

    /// <summary>Spans of a trace start this much after its root at most, and before it (clocks differ).</summary>
    internal const long After = 2 * UnixNanos.PerMinute;

    internal const long Before = 2 * UnixNanos.PerSecond;

    private const int AtOnce = 300;

    /// <summary>About so many, for the room that is made for them before.</summary>
    private const int SpansOfATrace = 32;

    /// <param name="window">Traces whose root starts in it.</param>
    /// <param name="scope">Which spans count.</param>
    /// <param name="mostTraces">At most so many traces,</param>
    /// <param name="mostSpans">and at most about so many spans.</param>
    public async Task<SampledTraces> TracesAsync(
        TimeWindow window,
        SampleScope scope,
        int mostTraces,
        int mostSpans,
        CancellationToken cancellationToken
    )
    {
        var traces = await ReadAsync(window, scope, "s.parent_span_id is null", mostTraces, mostSpans, cancellationToken);
        // Where whoever starts the traces sends no spans itself, no root ever arrives; then the first request counts.
        return traces.TraceIds.Count > 0
            ? traces
            : await ReadAsync(
                window,
                scope,
                "s.entry and s.service_id = any(array(select id from services))",
                mostTraces,
                mostSpans,
                cancellationToken
            );
    }

    private async Task<SampledTraces> ReadAsync(
        TimeWindow window,
        SampleScope scope,
        string isFirst,
        int mostTraces,
        int mostSpans,
        CancellationToken cancellationToken
    )
    {
        var (chosen, total) = await ChooseAsync(window, scope, isFirst, mostTraces, cancellationToken);
        var spans = new List<SampleSpan>(Math.Min(mostSpans, SpansOfATrace * chosen.Count));
        var names = new NameTable();
        var read = 0;
        // Whole traces, some at a time: half a trace would look like calls that vanished, and how many spans a trace has is not known
        // before.
        while (read < chosen.Count && (read == 0 || spans.Count + (spans.Count / read * AtOnce / 2) < mostSpans))
        {
            var count = Math.Min(AtOnce, chosen.Count - read);
            await ReadSpansAsync(chosen.GetRange(read, count), read, window, scope, spans, names, cancellationToken);
            read += count;
        }

        return new SampledTraces
        {
            Window = window,
            TraceIds = [.. chosen.Take(read).Select(TraceId.FromGuid)],
            Spans = [.. spans],
            Names = names,
            Weight = read == 0 ? 1 : (double)total / read,
            Uniform = read,
        };
    }

    /// <summary>
    /// The same traces and more of those that some services take part in, chosen by the same hash, so that of each of these services
    /// the traces are as alike to all of its traces as they were.
    /// </summary>
    /// <param name="known">Traces of everything, unscoped.</param>
    /// <param name="services">How many traces of each of these services are wanted in all.</param>
    public async Task<SampledTraces> WithMoreOfAsync(
        SampledTraces known,
        IReadOnlyDictionary<string, int> services,
        CancellationToken cancellationToken
    )
    {
        var numbers = known.TraceIds.Select((id, i) => (id, i)).ToDictionary(t => t.id.ToGuid(), t => t.i);
        var traces = known.TraceIds.Select(t => t.ToGuid()).ToList();
        var added = new HashSet<(int Trace, int Service)>();
        await using var command = database.DataSource.CreateCommand(
            """
            select f.id, c.trace_id from unnest($1::text[], $2::int[]) wanted(name, most) join services f using (name)
            cross join lateral (
              select s.trace_id from spans s where s.service_id = f.id and s.entry and s.start_ns >= $3 and s.start_ns < $4
              group by s.trace_id order by uuid_hash(s.trace_id), s.trace_id limit wanted.most) c
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. services.Keys] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. services.Values] });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = known.Window.FromNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = known.Window.ToNs });
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var trace = reader.GetGuid(1);
                if (!numbers.TryGetValue(trace, out var number))
                {
                    numbers.Add(trace, number = traces.Count);
                    traces.Add(trace);
                }

                added.Add((number, reader.GetInt32(0)));
            }
        }

        var spans = new List<SampleSpan>(known.Spans.Length + (SpansOfATrace * (traces.Count - known.TraceIds.Count)));
        spans.AddRange(known.Spans);
        for (var read = known.TraceIds.Count; read < traces.Count; read += AtOnce)
            await ReadSpansAsync(
                traces.GetRange(read, Math.Min(AtOnce, traces.Count - read)),
                read,
                known.Window,
                SampleScope.Everything,
                spans,
                known.Names,
                cancellationToken
            );
        return new SampledTraces
        {
            Window = known.Window,
            TraceIds = [.. traces.Select(TraceId.FromGuid)],
            Spans = [.. spans],
            Names = known.Names,
            Weight = known.Weight,
            Uniform = known.Uniform,
            Added = added,
        };
    }

    private async Task<(List<Guid> Traces, long Total)> ChooseAsync(
        TimeWindow window,
        SampleScope scope,
        string isFirst,
        int most,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.DataSource.CreateCommand();
        var parameters = SqlParameters.Positional(command.Parameters);
        command.CommandText = $"""
            select s.trace_id, count(*) over () from spans s
            where {isFirst} and s.start_ns >= {parameters.Bigint(window.FromNs)} and s.start_ns < {parameters.Bigint(window.ToNs)}
              and {scope.OnTraces("s", window, parameters)}
            group by s.trace_id order by uuid_hash(s.trace_id), s.trace_id limit {parameters.Bigint(most)}
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var traces = new List<Guid>();
        long total = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            traces.Add(reader.GetGuid(0));
            total = reader.GetInt64(1);
        }

        return (traces, total);
    }

    private async Task ReadSpansAsync(
        List<Guid> traces,
        int first,
        TimeWindow window,
        SampleScope scope,
        List<SampleSpan> spans,
        NameTable names,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.DataSource.CreateCommand();
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. traces] });
        var parameters = SqlParameters.Positional(command.Parameters);
        command.CommandText = $"""
            select s.trace_id, s.span_id, s.parent_span_id, s.start_ns, s.duration_ns, s.service_id, s.operation_id, s.resource_id, s.kind,
              case when {FailedSpans.Condition("s")} then 2::smallint else s.status end,
              case when s.kind in (3, 4) then coalesce(s.db_system_name, s.attributes ->> 'db.system') is not null else false end,
              case when s.kind in (3, 4) then coalesce(s.peer_service, {PortOfOwnHost}, s.server_address,
                s.attributes ->> 'net.peer.name', s.attributes ->> 'http.host', s.messaging_destination_name) end,
              case when {FailedSpans.Condition("s")} then s.error_type end,
              case when s.kind = 3 then coalesce(s.attributes ->> 'http.request.resend_count',
                s.attributes ->> 'http.resend_count', '0') <> '0' else false end
            from spans s where s.trace_id = any($1)
              and s.start_ns >= {parameters.Bigint(window.FromNs - Before)} and s.start_ns < {parameters.Bigint(window.ToNs + After)}
              and {scope.OnSpans("s", window, parameters)}
            """;
        var numbers = new Dictionary<Guid, int>(traces.Count);
        for (var i = 0; i < traces.Count; i++)
            numbers.Add(traces[i], first + i);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            spans.Add(Read(reader, numbers[reader.GetGuid(0)], names));
    }

    private static SampleSpan Read(NpgsqlDataReader reader, int trace, NameTable names) =>
        new()
        {
            Trace = trace,
            Id = SpanId.FromInt64(reader.GetInt64(1)),
            Parent = reader.IsDBNull(2) ? default : SpanId.FromInt64(reader.GetInt64(2)),
            StartNs = reader.GetInt64(3),
            DurationNs = reader.GetInt64(4),
            Service = reader.GetInt32(5),
            Operation = reader.GetInt32(6),
            Resource = reader.GetInt32(7),
            Kind = (SpanKind)reader.GetInt16(8),
            Status = (SpanStatus)reader.GetInt16(9),
            IsDatabase = reader.GetBoolean(10),
            Peer = reader.IsDBNull(11) ? NameTable.None : names.Add(reader.GetString(11)),
            ErrorType = reader.IsDBNull(12) ? NameTable.None : names.Add(reader.GetString(12)),
            IsResent = reader.GetBoolean(13),
        };
}
