using System.Runtime.InteropServices;
using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Rollups;

/// <summary>Changes minutes and hours together, in one transaction that holds the lock: whoever reads deltas, minutes and hours in one
/// statement sees every span once.</summary>
internal static class RollupFold
{
    public const string Lock = "select pg_advisory_xact_lock(hashtext('copilot rollup compaction'))";

    /// <summary>Adds these rows, which hold more or fewer spans than there were; what comes to none is gone.</summary>
    public static async Task FoldAsync(
        NpgsqlConnection connection,
        Dictionary<RollupKey, RollupRow> minutes,
        CancellationToken cancellationToken
    )
    {
        var hours = new Dictionary<RollupKey, RollupRow>();
        foreach (var (key, row) in minutes)
            Row(hours, key with { MinuteNs = key.MinuteNs - (key.MinuteNs % UnixNanos.PerHour) }).Merge(row);
        await FoldAsync(connection, "span_rollup_minutes", minutes, cancellationToken);
        await FoldAsync(connection, "span_rollup_hours", hours, cancellationToken);
    }

    /// <summary>Takes what is left of these minutes into their hours anew.</summary>
    /// <param name="service">The service whose rows they are; null: all.</param>
    public static async Task RebuildHourAsync(NpgsqlConnection connection, long hour, int? service, CancellationToken cancellationToken)
    {
        await using (
            var clear = new NpgsqlCommand(
                "delete from span_rollup_hours where minute_ns = $1 and ($2::int is null or service_id = $2)",
                connection
            )
        )
        {
            clear.Parameters.AddWithValue(hour);
            clear.Parameters.Add(new NpgsqlParameter<int?> { TypedValue = service });
            await clear.ExecuteNonQueryAsync(cancellationToken);
        }

        var minutes = new Dictionary<RollupKey, RollupRow>();
        await using (
            var read = new NpgsqlCommand(
                $"select {RollupDeltas.Columns} from span_rollup_minutes where minute_ns >= $1 and minute_ns < $2 "
                    + "and ($3::int is null or service_id = $3)",
                connection
            )
        )
        {
            read.Parameters.AddWithValue(hour);
            read.Parameters.AddWithValue(hour + UnixNanos.PerHour);
            read.Parameters.Add(new NpgsqlParameter<int?> { TypedValue = service });
            await MergeAsync(read, minutes, cancellationToken);
        }

        var hours = new Dictionary<RollupKey, RollupRow>();
        foreach (var (key, row) in minutes)
            Row(hours, key with { MinuteNs = hour }).Merge(row);
        await WriteAsync(connection, "span_rollup_hours", hours, cancellationToken);
    }

    public static async Task MergeAsync(NpgsqlCommand command, Dictionary<RollupKey, RollupRow> rows, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = new RollupKey(
                reader.GetInt64(0),
                reader.GetInt32(1),
                reader.GetInt32(2),
                reader.GetBoolean(3),
                reader.GetBoolean(4),
                reader.GetInt16(5)
            );
            Row(rows, key)
                .Merge(
                    reader.GetInt64(6),
                    reader.GetDouble(7),
                    reader.GetInt64(8),
                    reader.GetInt64(9),
                    reader.GetInt64(10),
                    reader.GetFieldValue<byte[]>(11)
                );
        }
    }

    public static RollupRow Row(Dictionary<RollupKey, RollupRow> rows, RollupKey key)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, key, out _);
        return row ??= new RollupRow();
    }

    private static async Task FoldAsync(
        NpgsqlConnection connection,
        string table,
        Dictionary<RollupKey, RollupRow> rows,
        CancellationToken cancellationToken
    )
    {
        // Rows of the same times that are not touched are written back as they were: they are few, and one statement does it.
        await using (
            var take = new NpgsqlCommand($"delete from {table} where minute_ns = any($1) returning {RollupDeltas.Columns}", connection)
        )
        {
            take.Parameters.AddWithValue(rows.Keys.Select(static key => key.MinuteNs).Distinct().ToArray());
            await MergeAsync(take, rows, cancellationToken);
        }

        foreach (var row in rows.Values.Where(static row => row.Lessened))
            row.CloseIn();
        await WriteAsync(connection, table, rows, cancellationToken);
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        string table,
        Dictionary<RollupKey, RollupRow> rows,
        CancellationToken cancellationToken
    )
    {
        using var copy = new CopyBuffer();
        copy.Begin();
        foreach (var (key, row) in rows)
        {
            if (row.Count > 0)
                RollupDeltas.Write(copy, key, row);
        }

        await connection.CopyAsync(table, RollupDeltas.Columns, copy, cancellationToken);
    }
}
