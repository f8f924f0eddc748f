using System.Runtime.InteropServices;
using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Rollups;

/// <summary>
/// Folds the intake's deltas into minutes and hours, one process at a time, in one transaction: whoever reads deltas, minutes and hours in
/// one statement sees every span once.
/// </summary>
public sealed class RollupCompaction(CopilotDatabase database, TimeProvider time) : ITelemetryCatchUp
{
    private const long HourNs = 60 * UnixNanos.PerMinute;
    private const int MinutesAtOnce = 60;

    /// <summary>Folds everything that is committed by now.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (await CompactAsync(long.MaxValue, cancellationToken)) { }
    }

    /// <summary>Folds what belongs to minutes that ended at least so long ago.</summary>
    public async Task RunAsync(TimeSpan settled, CancellationToken cancellationToken)
    {
        var before = RollupDeltas.StartOfMinute(UnixNanos.From(time.GetUtcNow() - settled));
        while (await CompactAsync(before, cancellationToken)) { }
    }

    private async Task<bool> CompactAsync(long before, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtext('copilot rollup compaction'))", cancellationToken);
        var minutes = new Dictionary<RollupKey, RollupRow>();
        await using (
            var take = new NpgsqlCommand(
                $"""
                delete from span_rollup_deltas where minute_ns in (
                    select distinct minute_ns from span_rollup_deltas where minute_ns < $1 order by 1 limit $2)
                returning {RollupDeltas.Columns}
                """,
                connection
            )
        )
        {
            take.Parameters.AddWithValue(before);
            take.Parameters.AddWithValue(MinutesAtOnce);
            await MergeAsync(take, minutes, cancellationToken);
        }

        if (minutes.Count == 0)
            return false;
        var hours = new Dictionary<RollupKey, RollupRow>();
        foreach (var (key, row) in minutes)
            Row(hours, key with { MinuteNs = key.MinuteNs - (key.MinuteNs % HourNs) }).Merge(row);
        await FoldAsync(connection, "span_rollup_minutes", minutes, cancellationToken);
        await FoldAsync(connection, "span_rollup_hours", hours, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
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

        using var copy = new CopyBuffer();
        copy.Begin();
        foreach (var (key, row) in rows)
            RollupDeltas.Write(copy, key, row);
        await connection.CopyAsync(table, RollupDeltas.Columns, copy, cancellationToken);
    }

    private static async Task MergeAsync(NpgsqlCommand command, Dictionary<RollupKey, RollupRow> rows, CancellationToken cancellationToken)
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

    private static RollupRow Row(Dictionary<RollupKey, RollupRow> rows, RollupKey key)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, key, out _);
        return row ??= new RollupRow();
    }
}
