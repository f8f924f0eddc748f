using Copilot.Instrument.Ledger;
using Copilot.Telemetry.Records;

namespace Copilot.Instrument.Tests.Ledger;

public sealed class WaveReportTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeWindow Before = new(At.AddMinutes(-10), At);
    private static readonly TimeWindow After = new(At, At.AddMinutes(10));

    [Fact]
    public void New_services_and_their_spans_are_told_and_stop_nothing()
    {
        var report = WaveReport.Of(Before, After, [Of("seat", 6_000, 0, 40)], [Of("seat", 6_000, 0, 41), Of("badge", 600, 0, 20)]);
        Assert.Equal(["badge"], report.New);
        Assert.Equal((11, 10), (report.SpansPerSecond, report.SpansPerSecondBefore));
        Assert.False(report.Stop);
    }

    [Theory]
    [InlineData(0, 40, 0)]
    [InlineData(2, 40, 0)]
    [InlineData(60, 40, 1)]
    [InlineData(0, 55, 0)]
    [InlineData(0, 90, 1)]
    public void A_wave_stops_where_errors_or_latency_are_clearly_worse(int failed, double p95, int worse)
    {
        var report = WaveReport.Of(Before, After, [Of("seat", 6_000, 0, 40)], [Of("seat", 6_000, failed, p95)]);
        Assert.Equal(worse, Assert.Single(report.Services).Worse.Count);
        Assert.Equal(worse > 0, report.Stop);
    }

    [Fact]
    public void A_service_that_no_longer_sends_stops_the_wave()
    {
        var report = WaveReport.Of(Before, After, [Of("seat", 6_000, 0, 40)], []);
        Assert.Equal(["seat"], report.Gone);
        Assert.True(report.Stop);
    }

    private static WaveFigures Of(string service, long spans, long failed, double p95) => new(service, spans, spans / 6, failed, p95);
}
