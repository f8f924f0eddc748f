using System.Runtime.InteropServices;
using Copilot.Store.Intake;
using Copilot.Telemetry.Time;
using Npgsql;

namespace Copilot.Store.Rollups;

/// <summary>
/// Counts caller → callee per minute. The two spans of a call come from two processes, in two exports: so a minute is counted once it got
/// nothing new for a while, from scratch, and again whenever a late span arrives. Minutes whose spans were distilled keep what they have.
/// </summary>
public sealed class EdgeUpkeep(CopilotDatabase database) : ITelemetryCatchUp
{
    /// <summary>A caller's span may have started so much earlier than the call.</summary>
    private const long LongestCallerNs = 60 * UnixNanos.PerMinute;

    /// <summary>A callee's span may start so much later than its caller's: a queue, a skewed clock.</summary>
    private const long LatestCalleeNs = 10 * UnixNanos.PerMinute;
    private const int MinutesAtOnce = 10;

    private const string Calls = """
        select c.start_ns - c.start_ns % 60000000000, p.service_id, c.service_id, c.duration_ns, c.status = 2, p.kind in (3, 4), p.duration_ns, p.status = 2
        from spans c join spans p on p.trace_id = c.trace_id and p.span_id = c.parent_span_id
        where c.start_ns >= $1 and c.start_ns < $2 and c.parent_span_id is not null
            and p.start_ns >= $1 - $3 and p.start_ns < $2 + $4 and p.service_id <> c.service_id
        """;

    private const string Peers = """
        select c.start_ns - c.start_ns % 60000000000, c.service_id, left(c.address, 200), c.duration_ns, c.status = 2
        from (
            select s.*, coalesce(s.peer_service, s.server_address, s.attributes ->> 'net.peer.name', s.messaging_destination_name, s.db_system_name) as address
            from spans s where s.kind in (3, 4) and s.start_ns >= $1 and s.start_ns < $2) c
        where c.address is not null and not exists (
            select from spans k where k.trace_id = c.trace_id and k.parent_span_id = c.span_id and k.service_id <> c.service_id
                and k.start_ns >= $1 - least($3, $4) and k.start_ns < $2 + $4)
        """;

    /// <summary>Works off everything that is committed by now.</summary>
    public Task CatchUpAsync(CancellationToken cancellationToken) => RunAsync(TimeSpan.Zero, cancellationToken);

    /// <summary>Counts the minutes that got nothing new for this long.</summary>
    public async Task RunAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        foreach (var stretch in await PendingMinutes.StretchesAsync(database, PendingMinutes.Edges, quiet, MinutesAtOnce, cancellationToken))
        {
            await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await PendingMinutes.TakeAsync(connection, PendingMinutes.Edges, stretch, cancellationToken))
                continue;
            // The minute before as well: what looked like a peer there may have got its callee now.
            var window = stretch with { FromNs = stretch.FromNs - UnixNanos.PerMinute };
            if (await IsDistilledAsync(connection, window, cancellationToken))
                window = stretch;
            if (!await IsDistilledAsync(connection, window, cancellationToken))
                await CountAsync(connection, window, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task CountAsync(NpgsqlConnection connection, TimeWindow window, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<EdgeKey, EdgeRow>();
        await using (var command = Command(connection, Calls, window))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var row = Row(rows, new EdgeKey(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2), null));
                row.AddCallee(reader.GetInt64(3), reader.GetBoolean(4));
                if (reader.GetBoolean(5))
                    row.AddClient(reader.GetInt64(6), reader.GetBoolean(7));
            }
        }

        await using (var command = Command(connection, Peers, window))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var row = Row(rows, new EdgeKey(reader.GetInt64(0), reader.GetInt32(1), null, reader.GetString(2)));
                row.AddCallee(reader.GetInt64(3), reader.GetBoolean(4));
                row.AddClient(reader.GetInt64(3), reader.GetBoolean(4));
            }
        }

        await using (var delete = new NpgsqlCommand("delete from edge_minutes where minute_ns >= $1 and minute_ns < $2", connection))
        {
            delete.Parameters.AddWithValue(window.FromNs);
            delete.Parameters.AddWithValue(window.ToNs);
            await delete.ExecuteNonQueryAsync(cancellationToken);
        }

        using var copy = new CopyBuffer();
        copy.Begin();
        foreach (var (key, row) in rows)
            row.Write(copy, key);
        await connection.CopyAsync("edge_minutes", EdgeRow.Columns, copy, cancellationToken);
    }

    private static EdgeRow Row(Dictionary<EdgeKey, EdgeRow> rows, EdgeKey key)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, key, out _);
        return row ??= new EdgeRow();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, TimeWindow window)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        command.Parameters.AddWithValue(window.FromNs);
        command.Parameters.AddWithValue(window.ToNs);
        command.Parameters.AddWithValue(LongestCallerNs);
        command.Parameters.AddWithValue(LatestCalleeNs);
        return command;
    }

    private static async Task<bool> IsDistilledAsync(NpgsqlConnection connection, TimeWindow window, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select exists (select from telemetry_partitions
                where parent = 'spans' and distilled_at is not null and from_ns < $2 and to_ns > $1)
            """,
            connection);
        command.Parameters.AddWithValue(window.FromNs);
        command.Parameters.AddWithValue(window.ToNs);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
