using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Store.Retention;

/// <summary>
/// Thins out an hour of spans once it is older than the hot window. What stays, whole traces at a time: failed ones, slow ones (the root
/// longer than its operation's 99th percentile), rare ones (operations or paths seldom seen), those cited in an answer or an incident, and
/// a uniform share that stands for the rest, with its weight. The numbers are the rollups', which counted every span.
/// </summary>
/// <remarks>
/// What stays is written to a new table, which then takes the old one's place: faster than deleting, and it leaves no holes. Hours that
/// came in late as a whole, and spans brought in from files, stay as they are.
/// </remarks>
public sealed class Distillation(CopilotDatabase database, TimeProvider time, RetentionOptions options)
{
    /// <summary>An operation seen at most so often in a day is rare.</summary>
    private const long Seldom = 20;

    /// <summary>Distils every hour that is due. Returns how many were.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Distill)
            return 0;
        var hours = await DueAsync(cancellationToken);
        foreach (var (name, hour) in hours)
            await DistillAsync(name, hour, cancellationToken);
        return hours.Count;
    }

    private async Task<IReadOnlyList<(string Name, long Hour)>> DueAsync(CancellationToken cancellationToken)
    {
        // An hour whose edges are still to be counted waits: they are counted from the spans.
        await using var command = database.DataSource.CreateCommand(
            """
            select name, from_ns from telemetry_partitions t
            where parent = 'spans' and distilled_at is null and to_ns < $1 and extract(epoch from made_at) * 1e9 < to_ns + $2
                and not exists (select from pending_minutes p where p.pass = 1 and p.minute_ns >= t.from_ns and p.minute_ns < t.to_ns)
            order by from_ns
            """
        );
        command.Parameters.AddWithValue(UnixNanos.From(time.GetUtcNow() - options.HotWindow));
        command.Parameters.AddWithValue((long)(options.HotWindow.TotalSeconds * UnixNanos.PerSecond));
        var due = new List<(string, long)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            due.Add((reader.GetString(0), reader.GetInt64(1)));
        return due;
    }

    private async Task DistillAsync(string name, long hour, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            "set local lock_timeout = '10s'; select pg_advisory_xact_lock(hashtext('copilot distillation')); lock "
                + $"table {name} in exclusive mode",
            cancellationToken
        );
        if (await IsDoneAsync(connection, name, cancellationToken))
            return;
        await DecideAsync(connection, hour, cancellationToken);
        var distilled = name + "_distilled";
        await connection.ExecuteAsync($"create table {distilled} (like spans including all)", cancellationToken);
        await KeepAsync(connection, name, distilled, cancellationToken);
        await connection.ExecuteAsync(
            FormattableString.Invariant(
                $"""
                alter table spans detach partition {name};
                drop table {name};
                alter table {distilled} rename to {name};
                alter table spans attach partition {name} for values from ({hour}) to ({hour + UnixNanos.PerHour});
                update telemetry_partitions set distilled_at = now() where name = '{name}';
                delete from distilled_traces where hour_ns < {hour - (2 * UnixNanos.PerHour)}
                """
            ),
            cancellationToken
        );
        await ThinnedHours.NoteAsync(connection, [hour], "distilled", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await connection.ExecuteAsync($"analyze {name}", cancellationToken);
    }

    private static async Task<bool> IsDoneAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select distilled_at is not null from telemetry_partitions where name = $1",
            connection
        );
        command.Parameters.AddWithValue(name);
        return await command.ExecuteScalarAsync(cancellationToken) is not false;
    }

    /// <summary>A column as it is kept. What stood for shed spans already stands for all that its new weight stands for, each with
    /// theirs.</summary>
    private static string Kept(string column) => column == "weight" ? "nullif(coalesce(s.weight, 1) * d.weight, 1)" : "s." + column;

    private async Task DecideAsync(NpgsqlConnection connection, long hour, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            "create temp table decided (trace_id uuid primary key, kept smallint not null, weight real not null, spills "
                + "boolean not null) on commit drop",
            cancellationToken
        );
        var (operations, nanos) = await SlowThresholds.ReadAsync(connection, hour, hour + UnixNanos.PerHour, cancellationToken);
        await using (var decide = new NpgsqlCommand(DistillationSql.Decide, connection) { CommandTimeout = 600 })
        {
            decide.Parameters.AddWithValue(hour);
            decide.Parameters.AddWithValue(hour + UnixNanos.PerHour);
            decide.Parameters.AddWithValue(UnixNanos.PerHour);
            decide.Parameters.AddWithValue(operations);
            decide.Parameters.AddWithValue(nanos);
            decide.Parameters.AddWithValue(Math.Clamp(options.UniformShare, 0.0001, 1));
            decide.Parameters.AddWithValue(Seldom);
            await decide.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var remember = new NpgsqlCommand(DistillationSql.Remember, connection);
        remember.Parameters.AddWithValue(hour);
        await remember.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task KeepAsync(NpgsqlConnection connection, string from, string to, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            insert into {to} ({SpanCopy.Columns}, kept)
            select {string.Join(", ", SpanCopy.Columns.Split(", ").Select(Kept))}, d.kept
            from {from} s join decided d on d.trace_id = s.trace_id
            where d.kept <> 0 and s.flags & {SpanCopy.ImportedFlag} = 0
            order by s.start_ns;
            insert into {to} select * from {from} where flags & {SpanCopy.ImportedFlag} <> 0
            """,
            connection
        )
        {
            CommandTimeout = 600,
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Traces that an answer or an incident names: distillation keeps them, whatever they are. Pinned ones outlive their hour
/// too.</summary>
public sealed class CitedTraces(CopilotDatabase database)
{
    // In one order everywhere: two answers that cite the same traces at once would else wait for each other.
    /// <param name="why">What cites them, for people who look at the table: an answer's or incident's id.</param>
    public async Task AddAsync(IEnumerable<TraceId> traces, string why, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            "insert into cited_traces (trace_id, why) select distinct trace_id, $2 from unnest($1) as g (trace_id) order "
                + "by 1 on conflict do nothing"
        );
        command.Parameters.AddWithValue(traces.Select(static trace => trace.ToGuid()).ToArray());
        command.Parameters.AddWithValue(why);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps them for good, as an incident's record needs them.</summary>
    public async Task PinAsync(IEnumerable<TraceId> traces, string why, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            """
            insert into cited_traces (trace_id, why, pinned) select distinct trace_id, $2, true from unnest($1) as g (trace_id) order by 1
            on conflict (trace_id) do update set pinned = true
            """
        );
        command.Parameters.AddWithValue(traces.Select(static trace => trace.ToGuid()).ToArray());
        command.Parameters.AddWithValue(why);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
