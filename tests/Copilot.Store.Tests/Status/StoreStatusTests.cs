using Copilot.Store.Retention;
using Copilot.Testing;
using Xunit;

namespace Copilot.Store.Tests.Status;

public sealed class StoreStatusTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_status_tells_partitions_the_oldest_hot_hour_and_what_waits_for_distillation()
    {
        var time = new SetTime(Noon);
        var empty = await ReadAsync(time);
        Assert.Null(empty.Distillation.OldestHot);
        Assert.All(empty.Partitions, partition => Assert.Equal(0, partition.Count));
        Assert.Equal(["spans", "logs", "metric_points"], empty.Partitions.Select(partition => partition.Kind));

        using (var partitions = new TelemetryPartitions(postgres.Database, time, new RetentionOptions()))
            await partitions.MakeAheadAsync(default);
        var rows = new TelemetryRows(postgres.Database, Noon);
        await rows.SpanAsync("web", "GET /", 60, 10);

        var live = await ReadAsync(time);
        var spans = live.Partitions[0];
        Assert.Equal((3, Noon, Noon), (spans.Count, spans.Oldest, spans.Newest));
        Assert.True(spans.Bytes > 0 && live.Bytes > spans.Bytes);
        Assert.Equal((Noon, 0, 0), (live.Distillation.OldestHot, live.Distillation.Due, live.Distillation.Distilled));

        Assert.Equal(1, (await ReadAsync(new SetTime(Noon.AddHours(4)))).Distillation.Due);
    }

    private Task<StoreStatus> ReadAsync(TimeProvider time) =>
        new StoreStatusReads(postgres.Database, new StoreOptions(), new RetentionOptions(), time).ReadAsync(default);

    private sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
