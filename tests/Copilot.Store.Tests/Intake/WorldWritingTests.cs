using System.IO.Compression;
using System.Text;
using Copilot.Store.AttributeIndexing;
using Copilot.Store.Intake;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Store.Writers;
using Copilot.Telemetry;
using Copilot.Telemetry.Intake;
using Copilot.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Store.Tests.Intake;

/// <summary>A whole recorded world goes in, and nothing is lost, doubled or miscounted.</summary>
public sealed class WorldWritingTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    [RequiresFact("shared/worlds/harbor")]
    public async Task A_world_is_stored_counted_and_catalogued()
    {
        using var partitions = new TelemetryPartitions(postgres.Database, TimeProvider.System, new RetentionOptions());
        await using var writer = new TelemetryWriter(postgres.Database, partitions, TimeProvider.System);
        await TimedAsync(
            "traces",
            () => SendAsync("traces", body => OtlpDecoder.DecodeTraces(body, OtlpEncoding.Json, DecodeLimits.Default), writer.WriteAsync)
        );
        await TimedAsync(
            "logs",
            () => SendAsync("logs", body => OtlpDecoder.DecodeLogs(body, OtlpEncoding.Json, DecodeLimits.Default), writer.WriteAsync)
        );
        await TimedAsync(
            "metrics",
            () => SendAsync("metrics", body => OtlpDecoder.DecodeMetrics(body, OtlpEncoding.Json, DecodeLimits.Default), writer.WriteAsync)
        );
        await TimedAsync("edges", () => new EdgeMaintenance(postgres.Database).CatchUpAsync(default));
        await TimedAsync("catalogue", () => new AttributeIndexUpdater(postgres.Database).CatchUpAsync(default));
        await TimedAsync("compaction", () => new RollupCompaction(postgres.Database, TimeProvider.System).CatchUpAsync(default));

        Assert.Equal("266087 20223", await postgres.ScalarAsync("select count(*) || ' ' || count(distinct trace_id) from spans"));
        Assert.Equal(8157L, await postgres.ScalarAsync("select count(*) from logs"));
        Assert.True((long)(await postgres.ScalarAsync("select count(*) from metric_points"))! > 10_000);
        Assert.Equal(266087m, await postgres.ScalarAsync("select sum(count) from span_rollup_minutes"));
        Assert.Equal(266087m, await postgres.ScalarAsync("select sum(count) from span_rollup_hours"));
        Assert.Equal(
            await postgres.ScalarAsync(
                "select count(*) from spans c join spans p on p.trace_id = c.trace_id and p.span_id = c.parent_span_id where p.service_id <> c.service_id"
            ),
            Convert.ToInt64(
                await postgres.ScalarAsync("select sum(count) from edge_minutes where peer is null"),
                System.Globalization.CultureInfo.InvariantCulture
            )
        );
        foreach (
            var table in new[]
            {
                "attribute_keys",
                "attribute_values",
                "edge_minutes",
                "changes",
                "telemetry_partitions",
                "operations",
                "resources",
                "metric_series",
            }
        )
            output.WriteLine($"{table}: {await postgres.ScalarAsync("select count(*) from " + table)}");
    }

    private async Task TimedAsync(string what, Func<Task> work)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        await work();
        output.WriteLine($"{what}: {System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
    }

    private static async Task SendAsync<TBatch>(
        string signal,
        Func<ReadOnlyMemory<byte>, TBatch> decode,
        Func<TBatch, CancellationToken, Task<WriteResult>> write
    )
        where TBatch : TelemetryBatch
    {
        var path = Directory.GetFiles(Material.Get("shared/worlds"), signal + ".otlp.jsonl.gz", SearchOption.AllDirectories)[0];
        await using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        var waiting = new Queue<Task>();
        while (await reader.ReadLineAsync() is { } line)
        {
            waiting.Enqueue(WriteAsync(decode(Encoding.UTF8.GetBytes(line))));
            if (waiting.Count > 500)
                await waiting.Dequeue();
        }

        await Task.WhenAll(waiting);

        async Task WriteAsync(TBatch batch)
        {
            using (batch)
            {
                batch.Imported = true;
                var result = await write(batch, default);
                Assert.Equal(result.Received, result.Stored);
                Assert.Equal(0, batch.Rejections.Count);
            }
        }
    }
}
