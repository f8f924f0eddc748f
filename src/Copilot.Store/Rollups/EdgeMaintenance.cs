using System.Runtime.InteropServices;
using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Rollups;

/// <summary>
/// Counts caller → callee per minute. The two spans of a call come from two processes, in two exports: so a minute is counted once it got
/// nothing new for a while, from scratch, and again whenever a late span arrives. Minutes whose spans were distilled keep what was counted
/// then, and get what came late on top. A span that stands for others that were shed counts as many.
/// </summary>
public sealed class EdgeMaintenance(CopilotDatabase database) : ITelemetryCatchUp
{
    /// <summary>A caller's span may have started so much earlier than the call.</summary>
    private const long LongestCallerNs = UnixNanos.PerHour;

    /// <summary>A callee's span may start so much later than its caller's: a queue, a skewed clock.</summary>
    private const long LatestCalleeNs = 10 * UnixNanos.PerMinute;
    private const int MinutesAtOnce = 10;

    /// <summary>Works off everything that is committed by now.</summary>
    public Task CatchUpAsync(CancellationToken cancellationToken) => RunAsync(TimeSpan.Zero, cancellationToken);

    /// <summary>Counts the minutes that got nothing new for this long.</summary>
    public async Task RunAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        foreach (
            var stretch in await PendingMinutes.StretchesAsync(database, PendingMinutes.Edges, quiet, MinutesAtOnce, cancellationToken)
        )
        {
            await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await PendingMinutes.TakeAsync(connection, PendingMinutes.Edges, stretch, cancellationToken))
                continue;
            // The minute before as well: what looked like a peer there may have got its callee now.
            var window = stretch with
            {
                FromNs = stretch.FromNs - UnixNanos.PerMinute,
            };
            if (await IsDistilledAsync(connection, window, cancellationToken))
                window = stretch;
            await CountAsync(
                connection,
                window,
                onlyLate: await IsDistilledAsync(connection, window, cancellationToken),
                cancellationToken
            );
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task CountAsync(NpgsqlConnection connection, TimeWindow window, bool onlyLate, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<EdgeKey, EdgeRow>();
        await TakeAsync(connection, window, onlyLate ? rows : [], cancellationToken);
        await using (var command = Command(connection, EdgeSql.Calls(onlyLate), window))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var row = Row(rows, new EdgeKey(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2), null));
                row.AddCallee(reader.GetInt64(3), reader.GetBoolean(4), reader.GetInt64(8));
                if (reader.GetBoolean(5))
                    row.AddClient(reader.GetInt64(6), reader.GetBoolean(7), reader.GetInt64(8));
            }
        }

        await using (var command = Command(connection, EdgeSql.Peers(onlyLate), window))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var row = Row(rows, new EdgeKey(reader.GetInt64(0), reader.GetInt32(1), null, reader.GetString(2)));
                row.AddCallee(reader.GetInt64(3), reader.GetBoolean(4), reader.GetInt64(5));
                row.AddClient(reader.GetInt64(3), reader.GetBoolean(4), reader.GetInt64(5));
            }
        }

        if (onlyLate)
        {
            await using var counted = new NpgsqlCommand(EdgeSql.NoteLate, connection) { CommandTimeout = 300 };
            counted.Parameters.AddWithValue(window.FromNs);
            counted.Parameters.AddWithValue(window.ToNs);
            await counted.ExecuteNonQueryAsync(cancellationToken);
        }

        using var copy = new CopyBuffer();
        copy.Begin();
        foreach (var (key, row) in rows)
            row.Write(copy, key);
        await connection.CopyAsync("edge_minutes", EdgeRow.Columns, copy, cancellationToken);
    }

    /// <summary>Takes what was counted of these minutes before out of the table.</summary>
    private static async Task TakeAsync(
        NpgsqlConnection connection,
        TimeWindow window,
        Dictionary<EdgeKey, EdgeRow> rows,
        CancellationToken cancellationToken
    )
    {
        await using var delete = new NpgsqlCommand(
            $"delete from edge_minutes where minute_ns >= $1 and minute_ns < $2 returning {EdgeRow.Columns}",
            connection
        );
        delete.Parameters.AddWithValue(window.FromNs);
        delete.Parameters.AddWithValue(window.ToNs);
        await using var reader = await delete.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = new EdgeKey(
                reader.GetInt64(0),
                reader.GetInt32(1),
                reader.IsDBNull(2) ? null : reader.GetInt32(2),
                reader.IsDBNull(3) ? null : reader.GetString(3)
            );
            Row(rows, key)
                .Merge(
                    (reader.GetInt64(5), reader.GetInt64(6), reader.GetFieldValue<byte[]>(7)),
                    (reader.GetInt64(9), reader.GetInt64(10), reader.GetFieldValue<byte[]>(11))
                );
        }
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
            connection
        );
        command.Parameters.AddWithValue(window.FromNs);
        command.Parameters.AddWithValue(window.ToNs);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
