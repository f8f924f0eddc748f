using Copilot.Store.Reads.Metrics;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Reads.Traces;
using Copilot.Store.Retention;
using Copilot.Store.Writers;
using Copilot.Telemetry;
using Copilot.Telemetry.Import;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Testing;
using Xunit;

namespace Copilot.Store.Tests.Intake;

/// <summary>Small inputs of other people, from the file to what is read of it.</summary>
public sealed class CaseTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [RequiresFact("shared/cases/metrics")]
    public async Task Points_without_a_recorded_value()
    {
        using (var batch = OtlpDecoder.DecodeMetrics(Case("metrics/no-recorded-value.json"), OtlpEncoding.Json, DecodeLimits.Default))
            await WriteAsync(writer => writer.WriteAsync(batch, default));
        var window = new TimeWindow(DateTimeOffset.FromUnixTimeSeconds(1795867200), DateTimeOffset.FromUnixTimeSeconds(1795867800));
        var depth = await TrackAsync("queue.depth", window);
        Assert.Equal([6d, 7, 5], new[] { depth.Mean(window).Value, depth.Maximum(window).Value, depth.Minimum(window).Value });
        // What the gap lies between goes on: two values more, of 6 s together.
        var wait = await TrackAsync("wait.time", window);
        Assert.Equal((6d, 14d), (wait.Increase(window).Value, wait.Sum(window).Value));
    }

    [RequiresFact("shared/cases/imports")]
    public async Task A_link_between_two_traces()
    {
        await SendAsync(Case("imports/links.json"));
        var reads = new TraceDetailReads(postgres.Database, new ChangeReads(postgres.Database));
        Assert.True(TraceId.TryParse("b09a0000000000000000000000000001", out var from));
        Assert.True(TraceId.TryParse("b09b0000000000000000000000000001", out var to));
        var link = Assert.Single((await reads.ReadAsync(to, default))!.Spans[0].Links.EnumerateArray());
        Assert.Equal("b09a000000000002", link.GetProperty("s").GetString());
        Assert.Equal("parcels", link.GetProperty("a").GetProperty("queue").GetString());
        Assert.Equal("index parcels", Assert.Single((await reads.ReadAsync(from, default))!.LinkedFrom).Operation);
    }

    [RequiresFact("shared/cases/imports")]
    public async Task A_reference_to_a_span_that_is_not_there()
    {
        await SendAsync(ImportedTraces.ToOtlp(Case("imports/jaeger-absent-parent.json"))!);
        Assert.True(TraceId.TryParse("0b080000000000000000000000000001", out var id));
        var trace = await new TraceDetailReads(postgres.Database, new ChangeReads(postgres.Database)).ReadAsync(id, default);
        var spans = trace!.Spans.ToDictionary(span => span.Operation);
        Assert.Null(spans["book"].ParentSpanId);
        Assert.Equal(spans["book"].SpanId, spans["send ticket"].ParentSpanId);
        Assert.Equal(spans["send ticket"].SpanId, spans["render ticket"].ParentSpanId);
    }

    private static byte[] Case(string name) => File.ReadAllBytes(Material.Get($"shared/cases/{name}"));

    private async Task SendAsync(byte[] otlp)
    {
        using var batch = OtlpDecoder.DecodeTraces(otlp, OtlpEncoding.Json, DecodeLimits.Default);
        await WriteAsync(writer => writer.WriteAsync(batch, default));
    }

    private async Task WriteAsync(Func<TelemetryWriter, Task> write)
    {
        using var partitions = new TelemetryPartitions(postgres.Database, TimeProvider.System, new RetentionOptions());
        await using var writer = new TelemetryWriter(postgres.Database, partitions, TimeProvider.System);
        await write(writer);
    }

    private async Task<MetricTrack> TrackAsync(string name, TimeWindow window) =>
        new(
            await new MetricTableReads(postgres.Database).SeriesAsync(new MetricSelection { Name = name, Window = window }, default),
            window
        );
}
