using System.Diagnostics;
using System.Globalization;
using Copilot.Store;
using Copilot.Store.Intake;
using Npgsql;

namespace Copilot.Benchmarks.Server;

/// <summary>
/// What the intake is measured against: one connection that copies the very same rows, in binary, into a lean table (one unique index and
/// a BRIN), durable, on the same server. And the figures that tell whether the intake lost or doubled anything.
/// </summary>
internal sealed class CopyYardstick(CopilotDatabase database)
{
    /// <summary>
    /// Copies every stored span into a new lean table, and drops it; twice, of which the faster counts. The rows are in memory before
    /// the clock starts.
    /// </summary>
    public async Task<CopyLimit> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await ReadRowsAsync(connection, cancellationToken);
        var first = await CopyAsync(connection, rows, cancellationToken);
        var second = await CopyAsync(connection, rows, cancellationToken);
        return first.RowsPerSecond > second.RowsPerSecond ? first : second;
    }

    private static async Task<CopyLimit> CopyAsync(NpgsqlConnection connection, List<byte[]> rows, CancellationToken cancellationToken)
    {
        // Made in a transaction of its own: a table made in the same one would be spared the write-ahead log.
        await ExecuteAsync(connection, "create table bench_lean (like spans)", cancellationToken);
        try
        {
            await ExecuteAsync(
                connection,
                "create unique index on bench_lean (trace_id, span_id, start_ns); create index on bench_lean using brin (start_ns)",
                cancellationToken
            );
            await ExecuteAsync(connection, "checkpoint", cancellationToken);
            var started = Stopwatch.GetTimestamp();
            await using (
                var stream = await connection.BeginRawBinaryCopyAsync(
                    $"copy bench_lean ({SpanCopy.Columns}) from stdin (format binary)",
                    cancellationToken
                )
            )
            {
                foreach (var part in rows)
                    await stream.WriteAsync(part, cancellationToken);
            }

            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return new CopyLimit(await CountAsync(connection, "select count(*) from bench_lean", cancellationToken), seconds);
        }
        finally
        {
            await ExecuteAsync(connection, "drop table bench_lean", CancellationToken.None);
        }
    }

    /// <summary>Spans stored, spans counted by the rollups, and bytes of spans and rollups with their indexes.</summary>
    public async Task<StoredFigures> ReadFiguresAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        return new StoredFigures(
            await CountAsync(connection, "select count(*) from spans", cancellationToken),
            await CountAsync(
                connection,
                """
                select (select coalesce(sum(count), 0) from span_rollup_deltas)
                    + (select coalesce(sum(count), 0) from span_rollup_minutes)
                """,
                cancellationToken
            ),
            await CountAsync(
                connection,
                """
                select (select coalesce(sum(pg_total_relation_size(relid)), 0) from pg_partition_tree('spans') where isleaf)
                    + pg_total_relation_size('span_rollup_deltas') + pg_total_relation_size('span_rollup_minutes')
                    + pg_total_relation_size('span_rollup_hours')
                """,
                cancellationToken
            )
        );
    }

    /// <summary>Empties spans and what was counted of them, between two measurements.</summary>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(
            connection,
            """
            truncate spans, span_rollup_deltas, span_rollup_minutes, span_rollup_hours, edge_minutes, pending_minutes, received_requests,
                attribute_keys, attribute_values, service_version_minutes, thinned_hours
            """,
            cancellationToken
        );
        await ExecuteAsync(connection, "checkpoint", cancellationToken);
    }

    private static async Task<List<byte[]>> ReadRowsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var parts = new List<byte[]>();
        await using var stream = await connection.BeginRawBinaryCopyAsync(
            $"copy (select {SpanCopy.Columns} from spans) to stdout (format binary)",
            cancellationToken
        );
        var buffer = new byte[1 << 20];
        while (true)
        {
            var filled = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            if (filled > 0)
                parts.Add(buffer[..filled]);
            if (filled < buffer.Length)
                return parts;
        }
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>So many rows were copied in so many seconds.</summary>
internal sealed record CopyLimit(long Rows, double Seconds)
{
    public double RowsPerSecond => Rows / Math.Max(Seconds, 1e-9);
}

/// <summary>What is in the store: spans, spans that the rollups count, bytes of spans with their indexes.</summary>
internal sealed record StoredFigures(long Spans, long Counted, long Bytes);
