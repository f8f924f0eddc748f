using Copilot.Diagnosis.Watch;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Diagnosis.Tests.Watch;

public sealed class QuietMinutesTests
{
    private static readonly DateTimeOffset Look = new(2026, 4, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_nearest_quiet_minutes_are_taken_but_not_the_one_just_before() =>
        Assert.Equal([Of(3, 1), Of(5, 3)], Windows(100, [], 100));

    [Fact]
    public void Known_trouble_is_left_out() => Assert.Equal([Of(9, 7), Of(11, 9)], Windows(100, [Of(7, 0)], 100));

    [Fact]
    public void A_sparse_past_is_gathered_from_far_away()
    {
        var quiet = new QuietMinutes(Of(0, -1), 50, [Of(4, 0)]);
        quiet.Fill(quiet.Next(TimeSpan.FromMinutes(15)), new Dictionary<long, long>());
        Assert.False(quiet.IsFull);
        var further = quiet.Next(TimeSpan.FromMinutes(30));
        Assert.Equal(UnixNanos.From(Look.AddMinutes(-19)), further.ToNs);
        quiet.Fill(further, Minutes(200));
        Assert.Equal(
            [Of(21, 19), Of(22, 21)],
            [quiet.Windows[0], quiet.Windows[1] with { FromNs = quiet.Windows[1].ToNs - UnixNanos.PerMinute }]
        );
    }

    [Fact]
    public void With_hardly_any_traffic_even_the_minute_before_counts() => Assert.Equal(Of(1, 0), Windows(10, [], 2)[0]);

    [Fact]
    public void One_minute_is_better_than_none()
    {
        var quiet = new QuietMinutes(Of(0, -1), 100, []);
        Assert.Empty(quiet.Windows);
        quiet.Fill(quiet.Next(TimeSpan.FromMinutes(15)), new Dictionary<long, long> { [UnixNanos.From(Look.AddMinutes(-3))] = 80 });
        Assert.Equal([Of(3, 2)], quiet.Windows);
    }

    private static IReadOnlyList<TimeWindow> Windows(long looked, IReadOnlyList<TimeWindow> troubles, long each)
    {
        var quiet = new QuietMinutes(Of(0, -1), looked, troubles);
        quiet.Fill(quiet.Next(TimeSpan.FromMinutes(15)), Minutes(each));
        return quiet.Windows;
    }

    private static Dictionary<long, long> Minutes(long each) =>
        Enumerable.Range(1, 60).ToDictionary(ago => UnixNanos.From(Look.AddMinutes(-ago)), _ => each);

    private static TimeWindow Of(int fromAgo, int toAgo) => new(Look.AddMinutes(-fromAgo), Look.AddMinutes(-toAgo));
}
