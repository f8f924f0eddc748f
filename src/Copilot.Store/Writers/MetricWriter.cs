using Copilot.Store.Intake;
using Copilot.Store.Retention;
using Copilot.Telemetry.Intake;
using Npgsql;

namespace Copilot.Store.Writers;

/// <summary>Stores a group of metric batches in one transaction: first straight into the table, and through staging when a point is there
/// already.</summary>
internal sealed class MetricWriter(TelemetryDictionaries dictionaries, TelemetryPartitions partitions, WriteAttempts attempts)
{
    private const string Columns = "series_id, time_ns, start_ns, flags, value, count, sum, min, max, buckets, exemplars";

    public Task<WriteResult[]> WriteAsync(IReadOnlyList<MetricBatch> group, CancellationToken cancellationToken) =>
        attempts.RunAsync((connection, token) => WriteAsync(connection, group, token), cancellationToken);

    private async Task<WriteResult[]> WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<MetricBatch> group,
        CancellationToken cancellationToken
    )
    {
        var ids = new int[group.Count][];
        using var copy = new CopyBuffer();
        copy.Begin();
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = (await dictionaries.ResolveAsync(group[i], cancellationToken)).Items;
            await partitions.EnsureAsync("metric_points", Hours(group[i]), group[i].Imported, cancellationToken);
            WriteRows(copy, group[i], ids[i]);
        }

        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.CopyAsync("metric_points", Columns, copy, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return [.. group.Select(static batch => new WriteResult(batch.Count, batch.Count, 0, 0))];
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            var results = new WriteResult[group.Count];
            for (var i = 0; i < results.Length; i++)
            {
                copy.Begin();
                WriteRows(copy, group[i], ids[i]);
                results[i] = await WriteStagedAsync(connection, group[i], copy, cancellationToken);
            }

            return results;
        }
    }

    private static async Task<WriteResult> WriteStagedAsync(
        NpgsqlConnection connection,
        MetricBatch batch,
        CopyBuffer copy,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            "create temp table if not exists metric_staging (like metric_points) on commit delete rows",
            cancellationToken
        );
        await connection.CopyAsync("metric_staging", Columns, copy, cancellationToken);
        var stored = await connection.ExecuteAsync(
            $"""
            insert into metric_points ({Columns}) select {Columns} from metric_staging order by series_id, time_ns, start_ns
            on conflict do nothing
            """,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return new WriteResult(batch.Count, stored, batch.Count - stored, 0);
    }

    private static void WriteRows(CopyBuffer copy, MetricBatch batch, int[] series)
    {
        foreach (ref var row in batch.Rows)
            WriteRow(copy, batch, row, series[row.Series]);
    }

    private static void WriteRow(CopyBuffer copy, MetricBatch batch, in MetricPointRow row, int seriesId)
    {
        copy.BeginRow(11);
        copy.Value(seriesId);
        copy.Value(row.TimeNs);
        copy.Value(row.StartNs);
        copy.Value(row.Flags);
        copy.Nullable(row.Value);
        copy.Nullable(row.Count);
        copy.Nullable(row.Sum);
        copy.Nullable(row.Min);
        copy.Nullable(row.Max);
        SpanCopy.Json(copy, batch.Arena, row.Buckets);
        SpanCopy.Json(copy, batch.Arena, row.Exemplars);
    }

    private static HashSet<long> Hours(MetricBatch batch)
    {
        var hours = new HashSet<long>();
        foreach (ref var row in batch.Rows)
            hours.Add(TelemetryPartitions.StartOfHour(row.TimeNs));
        return hours;
    }
}
