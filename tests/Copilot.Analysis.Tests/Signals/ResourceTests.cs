using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Xunit;

namespace Copilot.Analysis.Tests.Signals;

public sealed class ResourceTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("db.client.connection.pending_requests main", SignalKind.Saturation)]
    [InlineData("db.client.connections.timeouts main", SignalKind.Saturation)]
    [InlineData("dotnet.thread_pool.queue.length", SignalKind.Saturation)]
    [InlineData("messaging.kafka.consumer.lag", SignalKind.Saturation)]
    public void What_waits_where_nothing_used_to_wait_tells(string metric, SignalKind kind) =>
        Assert.Equal(kind, Judge(metric, "", before: _ => 0, now: _ => 7)?.Kind);

    [Theory]
    [InlineData("k8s.container.memory_limit_utilization", "1", 0.7, 0.97)]
    [InlineData("jvm.cpu.recent_utilization", "1", 0.75, 0.99)]
    [InlineData("system.memory.utilization used", "%", 70, 96)]
    public void A_share_that_leaves_no_room_tells_however_little_it_rose(string metric, string unit, double before, double now) =>
        Assert.Equal(SignalKind.Resource, Judge(metric, unit, _ => before, _ => now)?.Kind);

    [Fact]
    public void A_share_that_was_always_so_high_tells_nothing() =>
        Assert.Null(Judge("system.memory.utilization used", "1", _ => 0.95, _ => 0.96));

    [Fact]
    public void One_that_waits_once_tells_nothing() =>
        Assert.Null(Judge("dotnet.thread_pool.queue.length", "", _ => 0, i => i == 3 ? 5 : 0));

    [Fact]
    public void What_always_waits_now_and_then_tells_nothing() =>
        Assert.Null(Judge("dotnet.thread_pool.queue.length", "", i => i % 2 == 0 ? 0 : 5, i => i % 2 == 0 ? 0 : 5));

    [Theory]
    [InlineData("nodejs.eventloop.delay.mean", "s", 0.00002, 0.0001)]
    [InlineData("nodejs.eventloop.delay.min", "s", 0.002, 0.1)]
    public void A_delay_that_nobody_notices_is_no_shortage(string metric, string unit, double before, double now) =>
        Assert.Null(Judge(metric, unit, _ => before, _ => now));

    [Fact]
    public void A_delay_that_everybody_notices_is_one() => Assert.NotNull(Judge("nodejs.eventloop.delay.mean", "s", _ => 0.002, _ => 0.2));

    private static Suspicion? Judge(string metric, string unit, Func<int, double> before, Func<int, double> now)
    {
        var window = new TimeWindow(Start, Start.AddMinutes(2));
        var names = new NameTable();
        var sample = SampleRequests.Read(
            new AnalysisInput
            {
                Names = names,
                Bad = new TelemetrySample
                {
                    Window = window,
                    TraceIds = [],
                    Spans = [],
                },
                Baselines = [],
            }
        );
        var series = new ResourceSeries
        {
            Service = "orders",
            Instance = "orders-1",
            Metric = metric,
            Unit = unit,
            Points =
            [
                .. Enumerable
                    .Range(-40, 48)
                    .Select(i => (window.FromNs + ((i + 1) * 15 * UnixNanos.PerSecond), i < 0 ? before(-i) : now(i))),
            ],
        };
        return ResourceSignal.Find(sample, [series]).SingleOrDefault();
    }
}
