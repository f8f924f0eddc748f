using Copilot.Diagnosis.Windows;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Diagnosis.Tests.Windows;

public sealed class WindowFocusTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeWindow Asked = new(Start.AddMinutes(10), Start.AddMinutes(30));

    [Fact]
    public void Two_bad_minutes_of_twenty_are_found() =>
        Assert.Equal(Of(17, 19), WindowFocus.Find(Minutes(m => m is 17 or 18 ? (20, 50) : (0, 50)), Asked));

    [Fact]
    public void One_better_minute_does_not_end_it() =>
        Assert.Equal(Of(17, 20), WindowFocus.Find(Minutes(m => m is 17 or 19 ? (20, 50) : (0, 50)), Asked));

    [Fact]
    public void Of_two_troubles_the_worse_one_counts() =>
        Assert.Equal(
            Of(20, 23),
            WindowFocus.Find(
                Minutes(m =>
                    m is 13 ? (12, 50)
                    : m is >= 20 and <= 22 ? (0, 400)
                    : (0, 50)
                ),
                Asked
            )
        );

    [Fact]
    public void Quiet_and_altogether_bad_windows_stay_as_they_are()
    {
        Assert.Equal(Asked, WindowFocus.Find(Minutes(_ => (1, 50)), Asked));
        Assert.Equal(Asked, WindowFocus.Find(Minutes(m => m >= 10 ? (30, 50) : (0, 50), from: -30), Asked));
        Assert.Equal(Asked, WindowFocus.Find([], Asked));
    }

    private static TimeWindow Of(int from, int to) => new(Start.AddMinutes(from), Start.AddMinutes(to));

    private static List<ServiceMinute> Minutes(Func<int, (int Failed, int Ms)> figures, int from = 0)
    {
        var minutes = new List<ServiceMinute>();
        for (var at = from; at < 30; at++)
        {
            var (failed, ms) = figures(at);
            var minute = new ServiceMinute
            {
                MinuteNs = UnixNanos.From(Start.AddMinutes(at)),
                Service = "shop",
                Requests = 100,
                Failed = failed,
            };
            for (var i = 0; i < 100; i++)
                minute.Durations.Add((long)(ms * (0.5 + (i / 100.0)) * UnixNanos.PerMillisecond));
            minutes.Add(minute);
        }

        return minutes;
    }
}
