using Copilot.Diagnosis.Watch;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Diagnosis.Tests.Watch;

public sealed class WorseDetectorTests
{
    private static readonly DateTimeOffset End = new(2026, 4, 1, 10, 17, 0, TimeSpan.Zero);

    [Fact]
    public void Steady_figures_are_no_news() => Assert.Empty(WorseDetector.Find(Minutes(_ => (100, 1, 50)), End));

    [Fact]
    public void Failures_that_begin_are_noticed_within_the_minute()
    {
        var worse = Assert.Single(WorseDetector.Find(Minutes(m => (100, m == 0 ? 20 : 0, 50)), End));
        Assert.Equal(End.AddMinutes(-1), worse.Since);
        Assert.Contains("20 of 100", worse.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Slowness_that_begins_is_noticed() =>
        Assert.Contains(
            "p95",
            Assert.Single(WorseDetector.Find(Minutes(m => (100, 0, m == 0 ? 300 : 50)), End)).Why,
            StringComparison.Ordinal
        );

    [Fact]
    public void What_is_too_rare_for_one_minute_is_seen_in_two() =>
        Assert.Equal(End.AddMinutes(-2), Assert.Single(WorseDetector.Find(Minutes(m => (7, m < 2 ? 4 : 0, 50)), End)).Since);

    [Fact]
    public void Trouble_that_was_just_over_does_not_hide_the_next() =>
        Assert.Single(WorseDetector.Find(Minutes(m => (100, m == 0 || m is >= 4 and <= 7 ? 20 : 0, 50)), End));

    [Fact]
    public void Few_requests_say_nothing()
    {
        Assert.Empty(WorseDetector.Find(Minutes(m => (2, m == 0 ? 2 : 0, 50)), End));
        Assert.Empty(
            WorseDetector.Find(
                [.. Minutes(m => (100, m == 0 ? 50 : 0, 50)).Where(m => m.MinuteNs >= UnixNanos.From(End.AddMinutes(-4)))],
                End
            )
        );
    }

    [Fact]
    public void Who_falls_silent_while_others_do_not_is_noticed()
    {
        var others = Minutes(_ => (300, 0, 50)).ConvertAll(m => Named(m, "others"));
        var silent = Minutes(_ => (60, 0, 50)).Where(m => m.MinuteNs < UnixNanos.From(End.AddMinutes(-1))).ToList();
        Assert.Contains(
            "0 requests came where",
            Assert.Single(WorseDetector.Find([.. silent, .. others], End)).Why,
            StringComparison.Ordinal
        );
        // Nothing came from anybody: what is received stopped, not one service.
        Assert.Empty(WorseDetector.Find([.. silent, .. others.Where(m => m.MinuteNs < UnixNanos.From(End.AddMinutes(-1)))], End));
        // Who was silent now and then before may be so again.
        Assert.Empty(WorseDetector.Find([.. silent.Where(m => m.MinuteNs != UnixNanos.From(End.AddMinutes(-9))), .. others], End));
    }

    [Fact]
    public void Calls_that_fail_show_where_the_whole_service_hardly_does()
    {
        var shop = Minutes(m => (2000, m == 0 ? 20 : 15, 50));
        var calls = Minutes(m => (40, m == 0 ? 20 : 0, 50)).ConvertAll(m => Named(m, "bank", "shop"));
        Assert.Empty(WorseDetector.Find(shop, End));
        var worse = Assert.Single(WorseDetector.Find([.. shop, .. calls], End));
        Assert.Equal(("bank", true), (worse.Service, worse.Why.StartsWith("called by shop", StringComparison.Ordinal)));
    }

    [Fact]
    public void Calls_that_are_not_made_any_more_are_another_wish_of_the_users()
    {
        var calls = Minutes(_ => (60, 0, 50))
            .Where(m => m.MinuteNs < UnixNanos.From(End.AddMinutes(-1)))
            .Select(m => Named(m, "bank", "shop"));
        Assert.Empty(WorseDetector.Find([.. Minutes(_ => (300, 0, 50)), .. calls], End));
    }

    private static ServiceMinute Named(ServiceMinute minute, string service, string? caller = null)
    {
        var named = new ServiceMinute
        {
            MinuteNs = minute.MinuteNs,
            Service = service,
            Caller = caller,
            Requests = minute.Requests,
            Failed = minute.Failed,
        };
        named.Durations.Merge(minute.Durations);
        return named;
    }

    [Fact]
    public void A_day_of_chance_gives_no_alarm()
    {
        var random = new Random(11);
        var day = Minutes(_ => (random.Next(60, 140), random.Next(0, 4), random.Next(45, 60)), 24 * 60);
        var alarms = new List<WorseService>();
        for (var minute = 20; minute < 24 * 60; minute++)
        {
            var end = End.AddMinutes(-(24 * 60) + minute);
            var (from, to) = (UnixNanos.From(end.AddMinutes(-17)), UnixNanos.From(end));
            alarms.AddRange(WorseDetector.Find([.. day.Where(m => m.MinuteNs >= from && m.MinuteNs < to)], end));
        }

        Assert.Empty(alarms);
    }

    /// <param name="figures">Requests, failures and typical milliseconds of the minute so many before the end.</param>
    private static List<ServiceMinute> Minutes(Func<int, (int Requests, int Failed, int Ms)> figures, int count = 17)
    {
        var minutes = new List<ServiceMinute>();
        for (var ago = 0; ago < count; ago++)
        {
            var (requests, failed, ms) = figures(ago);
            var minute = new ServiceMinute
            {
                MinuteNs = UnixNanos.From(End.AddMinutes(-ago - 1)),
                Service = "shop",
                Requests = requests,
                Failed = failed,
            };
            for (var i = 0; i < requests; i++)
                minute.Durations.Add((long)(ms * (0.5 + (i / (double)requests)) * UnixNanos.PerMillisecond));
            minutes.Add(minute);
        }

        return minutes;
    }
}
