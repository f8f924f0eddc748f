using Copilot.Store.Reads.Metrics;
using Copilot.Telemetry.Records;
using Copilot.Web.Metrics;
using Xunit;

namespace Copilot.Web.Tests.Metrics;

public sealed class MetricCourseTests
{
    private static readonly DateTimeOffset From = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeWindow Window = new(From, From.AddMinutes(4));

    [Fact]
    public void A_gauge_of_bytes_is_told_in_the_unit_that_suits_its_peak_and_gaps_stay_gaps()
    {
        var course = MetricCourse.Of(
            [Series("web", MetricKinds.Gauge, "By", (0, 3.0 * 1024 * 1024), (60, 6.0 * 1024 * 1024), (180, 1024 * 1024))],
            Window,
            TimeSpan.FromMinutes(1)
        );
        Assert.Equal("MiB", course.Unit);
        Assert.Equal([3, 6, null, 1], course.Lines.Single().Points.Select(point => point.Value));
    }

    [Fact]
    public void A_counter_is_how_much_it_grew_a_second()
    {
        var course = MetricCourse.Of(
            [Series("web", MetricKinds.Counter, "{request}", (0, 0), (60, 120), (120, 600), (180, 600), (239, 600))],
            Window,
            TimeSpan.FromMinutes(1)
        );
        Assert.Equal("request/s", course.Unit);
        Assert.Equal("growth a second", course.Measure);
        Assert.Contains(course.Lines.Single().Points, point => point.Value is > 7.9 and < 8.1);
    }

    [Fact]
    public void Lines_beyond_what_can_be_told_apart_are_counted_and_the_highest_stay()
    {
        var course = MetricCourse.Of(
            [.. Enumerable.Range(0, 11).Select(i => Series($"svc-{i}", MetricKinds.Gauge, "1", (0, i / 20.0)))],
            Window,
            TimeSpan.FromMinutes(1)
        );
        Assert.Equal(3, course.LeftOut);
        Assert.Equal("svc-10", course.Lines[0].Name);
        Assert.Equal("1", course.Unit);
    }

    [Theory]
    [InlineData("s", MetricKinds.Histogram, false, 0.2, "ms", 1000)]
    [InlineData("ns", MetricKinds.Gauge, false, 5, "ms", 1e-6)]
    [InlineData("s", MetricKinds.Counter, true, 0.5, "1", 1)]
    [InlineData("By", MetricKinds.Counter, true, 2048, "KiB/s", 1.0 / 1024)]
    [InlineData("1", MetricKinds.Gauge, false, 0.7, "1", 1)]
    [InlineData("1", MetricKinds.Gauge, false, 70, "", 1)]
    [InlineData("{thread}", MetricKinds.UpDownCounter, false, 70, "thread", 1)]
    [InlineData("furlong", MetricKinds.Gauge, false, 70, "furlong", 1)]
    [InlineData("", MetricKinds.Counter, true, 70, "/s", 1)]
    public void Units_are_told_as_people_use_them(
        string unit,
        MetricKinds kind,
        bool perSecond,
        double highest,
        string name,
        double factor
    ) => Assert.Equal(new MetricUnit(name, factor), MetricUnit.Of(unit, kind, perSecond, highest));

    private static ReadSeries Series(string service, MetricKinds kind, string unit, params (int Seconds, double Value)[] points) =>
        new()
        {
            Service = service,
            Unit = unit,
            Kind = kind,
            Delta = false,
            Groups = [service],
            Points =
            [
                .. points.Select(point => new MetricPoint
                {
                    TimeNs = UnixNanos.From(From.AddSeconds(point.Seconds)),
                    StartNs = UnixNanos.From(From.AddHours(-1)),
                    Value = point.Value,
                }),
            ],
        };
}
