using Copilot.Telemetry.Histograms;
using Npgsql;

namespace Copilot.Store.Retention;

/// <summary>How long is slow: the 99th percentile of the root spans of each operation, out of the rollups, which count every span received.</summary>
internal static class SlowThresholds
{
    public static async Task<(int[] Operations, long[] Nanos)> ReadAsync(
        NpgsqlConnection connection, long fromNs, long toNs, CancellationToken cancellationToken)
    {
        var histograms = new Dictionary<int, (DurationHistogram Histogram, long Max)>();
        await using var command = new NpgsqlCommand(
            """
            select operation_id, max_ns, histogram from span_rollup_minutes where root and minute_ns >= $1 and minute_ns < $2
            union all
            select operation_id, max_ns, histogram from span_rollup_deltas where root and minute_ns >= $1 and minute_ns < $2
            """,
            connection);
        command.Parameters.AddWithValue(fromNs);
        command.Parameters.AddWithValue(toNs);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var operation = reader.GetInt32(0);
            var (histogram, max) = histograms.GetValueOrDefault(operation, (new DurationHistogram(), 0));
            histogram.Merge(reader.GetFieldValue<byte[]>(2));
            histograms[operation] = (histogram, Math.Max(max, reader.GetInt64(1)));
        }

        return (
            [.. histograms.Keys],
            [.. histograms.Values.Select(static entry => entry.Histogram.Quantile(0.99, 0, entry.Max) ?? long.MaxValue)]);
    }
}
