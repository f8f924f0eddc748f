using System.Runtime.InteropServices;
using Copilot.Store.Intake;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;
using NpgsqlTypes;

namespace Copilot.Store.Samples;

/// <summary>Reads the rollups minute by minute: what the intake appended and what was folded since.</summary>
public sealed class ServiceMinuteReads(CopilotDatabase database)
{
    private const string OwnIds = $"array(select id from services where name = '{OwnService.Name}')";

    /// <summary>Rows carry numbers; a name for each of a large fleet's would be most of what is read.</summary>
    private readonly SampleNames _names = new(database);

    /// <summary>Of all services but the copilot itself, which is never what is wrong.</summary>
    /// <param name="window">Whole minutes; a minute counts that starts in it.</param>
    public Task<IReadOnlyList<ServiceMinute>> ReadAsync(TimeWindow window, CancellationToken cancellationToken) =>
        ReadAsync(window, null, cancellationToken);

    /// <inheritdoc cref="ReadAsync(TimeWindow, CancellationToken)"/>
    /// <param name="services">Of these services only; of all where null.</param>
    public async Task<IReadOnlyList<ServiceMinute>> ReadAsync(
        TimeWindow window,
        IReadOnlyCollection<string>? services,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select r.minute_ns, r.service_id, {FailedSpans.RollupCondition("r")}, r.count, r.histogram from {RequestMinutes.Rows} r
            where r.service_id <> all({OwnIds})
              and ($3::text[] is null or r.service_id = any(array(select id from services where name = any($3))))
            """;
        await using var command = Over(window, sql);
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = (object?)services?.ToArray() ?? DBNull.Value,
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            }
        );
        var sums = new Dictionary<(long MinuteNs, int Service), Sum>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, (reader.GetInt64(0), reader.GetInt32(1)), out _);
                (sum ??= new Sum()).Requests += reader.GetInt64(3);
                if (reader.GetBoolean(2))
                    sum.Failed += reader.GetInt64(3);
                sum.Durations.Merge(reader.GetFieldValue<byte[]>(4));
            }
        }

        await _names.LoadAsync(sums.Keys.Select(key => key.Service), [], [], cancellationToken);
        return
        [
            .. sums.Select(sum => new ServiceMinute
                {
                    MinuteNs = sum.Key.MinuteNs,
                    Service = _names.Service(sum.Key.Service),
                    Requests = sum.Value.Requests,
                    Failed = sum.Value.Failed,
                    Durations = sum.Value.Durations,
                })
                .OrderBy(m => m.MinuteNs)
                .ThenBy(m => m.Service, StringComparer.Ordinal),
        ];
    }

    /// <summary>The same summed up, operation by operation, without the distribution of durations: of a large fleet that is a thousand
    /// times less.</summary>
    /// <param name="window">Whole minutes; a minute counts that starts in it.</param>
    public async Task<IReadOnlyList<OperationTotal>> TotalsAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        var sql = $"""
            select r.service_id, r.operation_id, sum(r.count)::bigint, coalesce(sum(r.count) filter (where {FailedSpans.RollupCondition(
                "r"
            )}), 0)::bigint,
              (sum(r.sum_ns) / sum(r.count))::float8
            from {RequestMinutes.Rows} r where r.service_id <> all({OwnIds})
            group by 1, 2
            """;
        await using var command = Over(window, sql);
        var totals = new List<(int Service, int Operation, long Requests, long Failed, double MeanNs)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                totals.Add((reader.GetInt32(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetDouble(4)));
        }

        await _names.LoadAsync(totals.Select(total => total.Service), [], [], cancellationToken);
        return [.. totals.Select(t => new OperationTotal(_names.Service(t.Service), t.Operation, t.Requests, t.Failed, t.MeanNs))];
    }

    /// <summary>
    /// Calls minute by minute, as the callers' client spans saw them: a network, and a database or another peer that sends no spans, show
    /// here alone. A minute is counted once nothing new came for a while, so the last one may be missing. Only pairs that fail or take
    /// longer in the last minutes: of a large fleet's pairs most are as ever, and distributions are long to read.
    /// </summary>
    /// <param name="window">Whole minutes; a minute counts that starts in it.</param>
    /// <param name="lastNs">From when on the last minutes are.</param>
    public async Task<IReadOnlyList<ServiceMinute>> WorseCallsAsync(TimeWindow window, long lastNs, CancellationToken cancellationToken)
    {
        const string sql = $"""
            with moved as materialized (
              select caller_service_id, callee_service_id, peer from edge_minutes
                where minute_ns >= $1 and minute_ns < $2 and client_count > 0 group by 1, 2, 3
              having sum(client_failed) filter (where minute_ns >= $3) > 0
                or sum(client_sum_ns) filter (where minute_ns >= $3) / sum(client_count) filter (where minute_ns >= $3)
                  > 1.05 * sum(client_sum_ns) filter (where minute_ns < $3) / sum(client_count) filter (where minute_ns < $3))
            select e.minute_ns, c.name, coalesce(v.name, e.peer), e.client_count, e.client_failed, e.client_histogram
            from moved m join edge_minutes e on e.caller_service_id = m.caller_service_id
              and e.callee_service_id is not distinct from m.callee_service_id and e.peer is not distinct from m.peer
            join services c on c.id = e.caller_service_id and c.name <> '{OwnService.Name}'
            left join services v on v.id = e.callee_service_id
            where e.minute_ns >= $1 and e.minute_ns < $2 and e.client_count > 0 and coalesce(v.name, e.peer) <> '{OwnService.Name}'
            """;
        await using var command = Over(window, sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lastNs });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var calls = new List<ServiceMinute>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var minute = new ServiceMinute
            {
                MinuteNs = reader.GetInt64(0),
                Caller = reader.GetString(1),
                Service = reader.GetString(2),
                Requests = reader.GetInt64(3),
                Failed = reader.GetInt64(4),
            };
            minute.Durations.Merge(reader.GetFieldValue<byte[]>(5));
            calls.Add(minute);
        }

        return calls;
    }

    private sealed class Sum
    {
        public long Requests { get; set; }

        public long Failed { get; set; }

        public DurationHistogram Durations { get; } = new();
    }

    private NpgsqlCommand Over(TimeWindow window, string sql)
    {
        var command = database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.FromNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = window.ToNs });
        return command;
    }
}

/// <summary>A service's requests that start in one minute, from the rollups: every span received, kept or not.</summary>
public sealed class ServiceMinute
{
    public required long MinuteNs { get; init; }

    public required string Service { get; init; }

    /// <summary>Where only the calls of one service are counted, as its client spans saw them: that service. Null: all requests, as the
    /// service saw them.</summary>
    public string? Caller { get; init; }

    public long Requests { get; set; }

    public long Failed { get; set; }

    public DurationHistogram Durations { get; init; } = new();
}

/// <summary>An operation's requests in a stretch of time, from the rollups: every span received, kept or not.</summary>
/// <param name="Service">The name of its service.</param>
/// <param name="Operation">Its id.</param>
/// <param name="Requests">How many requests.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="MeanNs">How long they took on average.</param>
public readonly record struct OperationTotal(string Service, int Operation, long Requests, long Failed, double MeanNs);
