using Copilot.Diagnosis.Timeline;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Diagnosis.Tests.Windows;

public sealed class ServiceRunsTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeWindow Asked = new(Start.AddMinutes(10), Start.AddMinutes(30));

    [Fact]
    public void Two_bad_minutes_of_twenty_are_found() => Assert.Equal([Of(17, 19)], Find(m => m is 17 or 18 ? (20, 50) : (0, 50)));

    [Fact]
    public void One_better_minute_does_not_end_it() => Assert.Equal([Of(17, 20)], Find(m => m is 17 or 19 ? (20, 50) : (0, 50)));

    [Fact]
    public void A_trouble_that_comes_again_more_weakly_is_still_the_same()
    {
        Assert.Equal(
            [Of(17, 21)],
            Find(m =>
                m is 17 or 18 ? (20, 50)
                : m is 20 ? (3, 50)
                : (0, 50)
            )
        );
        // By itself a minute that surprises so little is none.
        Assert.Empty(Find(m => m is 21 ? (3, 50) : (0, 50)));
        Assert.Equal(
            [Of(13, 15)],
            Find(m =>
                m is 13 or 14 ? (20, 50)
                : m is 21 ? (3, 50)
                : (0, 50)
            )
        );
    }

    [Fact]
    public void Two_troubles_are_told_apart_the_worse_one_first() =>
        Assert.Equal(
            [Of(20, 23), Of(13, 14)],
            Find(m =>
                m is 13 ? (12, 50)
                : m is >= 20 and <= 22 ? (0, 400)
                : (0, 50)
            )
        );

    [Fact]
    public void What_gets_slow_after_it_failed_is_another_trouble() =>
        Assert.Equal(
            [Of(16, 18), Of(18, 20)],
            Find(m =>
                    m is 16 or 17 ? (20, 50)
                    : m is 18 or 19 ? (0, 400)
                    : (0, 50)
                )
                .OrderBy(run => run.FromNs)
        );

    [Fact]
    public void A_quiet_window_has_none()
    {
        Assert.Empty(Find(_ => (1, 50)));
        Assert.Empty(ServiceRuns.Find([], Asked));
    }

    [Fact]
    public void A_trouble_that_lasts_ends_with_the_window()
    {
        var run = Run(m => m >= 25 ? (20, 50) : (0, 50));
        var steps = Steps(Start.AddMinutes(24), Start.AddMinutes(30), at => at >= Start.AddSeconds((25 * 60) + 20) ? 2 : 0);
        var (window, lasts) = EpisodeEdges.Find([run], steps, StepNs, Asked)!.Value;
        Assert.True(lasts);
        Assert.Equal(new TimeWindow(Start.AddSeconds((25 * 60) + 20), Asked.To), window);
    }

    [Fact]
    public void It_is_over_once_what_came_after_speaks_against_it()
    {
        var run = Run(m => m is 25 or 26 ? (20, 50) : (0, 50));
        var (from, to) = (Start.AddSeconds((25 * 60) + 20), Start.AddSeconds((26 * 60) + 50));
        List<ServiceStep> Until(TimeSpan after) => Steps(Start.AddMinutes(24), to + after, at => at >= from && at < to ? 2 : 0);
        var (window, lasts) = EpisodeEdges.Find([run], Until(TimeSpan.FromSeconds(45)), StepNs, Asked)!.Value;
        Assert.False(lasts);
        Assert.Equal(new TimeWindow(from, to), window);
        // A few good requests may be luck.
        Assert.True(EpisodeEdges.Find([run], Until(TimeSpan.FromSeconds(5)), StepNs, Asked)!.Value.Lasts);
    }

    [Fact]
    public void It_is_not_over_after_as_good_a_spell_as_it_had_before()
    {
        var run = Run(m => m is >= 20 and <= 26 ? (10, 50) : (0, 50));
        var (from, to) = (Start.AddMinutes(20), Start.AddMinutes(27));
        // Ten seconds in a minute are bad.
        List<ServiceStep> Until(TimeSpan after) =>
            Steps(Start.AddMinutes(19), to + after, at => at >= from && at < to && at.Second < 10 ? 6 : 0);
        Assert.True(EpisodeEdges.Find([run], Until(TimeSpan.FromSeconds(-5)), StepNs, Asked)!.Value.Lasts);
        Assert.False(EpisodeEdges.Find([run], Until(TimeSpan.FromSeconds(60)), StepNs, Asked)!.Value.Lasts);
    }

    [Fact]
    public void One_request_that_passes_many_services_speaks_once()
    {
        var deep = Run(m => m is 25 or 26 ? (50, 50) : (0, 50));
        var through = Enumerable.Range(1, 8).Select(i => Run(m => m is 25 or 26 ? (5, 50) : (0, 50), $"door-{i}")).ToList();
        var (from, to) = (Start.AddMinutes(25), Start.AddMinutes(27));
        List<ServiceRun> runs = [deep, .. through];
        var steps = runs.SelectMany(run =>
                Steps(Start.AddMinutes(24), to.AddSeconds(5), at => at >= from && at < to ? 1 : 0, run == deep ? 2 : 10, run.Service)
            )
            .ToList();
        Assert.True(EpisodeEdges.Find(runs, steps, StepNs, Asked)!.Value.Lasts);
    }

    private const long StepNs = 5 * UnixNanos.PerSecond;

    private static TimeWindow Of(int from, int to) => new(Start.AddMinutes(from), Start.AddMinutes(to));

    private static List<TimeWindow> Find(Func<int, (int Failed, int Ms)> figures) =>
        [.. ServiceRuns.Find(Minutes(figures), Asked).Select(run => run.Minutes)];

    private static ServiceRun Run(Func<int, (int Failed, int Ms)> figures, string service = "shop") =>
        Assert.Single(ServiceRuns.Find(Minutes(figures, service), Asked));

    /// <summary>Every five seconds.</summary>
    private static List<ServiceStep> Steps(
        DateTimeOffset from,
        DateTimeOffset to,
        Func<DateTimeOffset, int> failed,
        int requests = 10,
        string service = "shop"
    )
    {
        var steps = new List<ServiceStep>();
        for (var at = from; at < to; at = at.AddSeconds(5))
            steps.Add(new ServiceStep(service, UnixNanos.From(at), requests, failed(at), 0));
        return steps;
    }

    private static List<ServiceMinute> Minutes(Func<int, (int Failed, int Ms)> figures, string service = "shop")
    {
        var minutes = new List<ServiceMinute>();
        for (var at = 0; at < 30; at++)
        {
            var (failed, ms) = figures(at);
            var minute = new ServiceMinute
            {
                MinuteNs = UnixNanos.From(Start.AddMinutes(at)),
                Service = service,
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
