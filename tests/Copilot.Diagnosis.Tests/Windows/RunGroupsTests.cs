using Copilot.Diagnosis.Timeline;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Diagnosis.Tests.Windows;

public sealed class RunGroupsTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly ServiceRun _worker = Run("worker", 20, 24);
    private readonly ServiceRun _store = Run("store", 22, 25);
    private readonly ServiceRun _desk = Run("desk", 22, 25);

    [Fact]
    public void Services_that_do_not_call_each_other_have_troubles_of_their_own() =>
        Assert.Equal(
            [
                ["worker"],
                ["store", "desk"],
            ],
            Connected([_worker, _store, _desk], ("desk", "store"))
        );

    [Fact]
    public void Whoever_calls_the_other_in_the_same_minutes_is_in_one_trouble() =>
        Assert.Equal(
            [
                ["worker", "store", "desk"],
            ],
            Connected([_worker, _store, _desk], ("desk", "store"), ("worker", "store"))
        );

    [Fact]
    public void Who_calls_the_other_but_is_worse_at_another_time_is_not()
    {
        var early = Run("desk", 15, 19);
        Assert.Equal(
            [
                ["store"],
                ["desk"],
            ],
            Connected([_store, early], ("desk", "store"))
        );
    }

    [Fact]
    public void Strangers_are_one_trouble_only_where_both_ends_are_the_same()
    {
        var one = new Episode(Of(20, 24), Lasts: false, ["worker"], 50);
        Assert.True(RunGroups.AreTogether(one, one with { Window = new TimeWindow(one.Window.From.AddSeconds(10), one.Window.To) }));
        Assert.False(RunGroups.AreTogether(one, one with { Window = Of(22, 24) }));
        Assert.False(RunGroups.AreTogether(one, one with { Window = Of(20, 26) }));
        Assert.False(RunGroups.AreTogether(one, one with { Lasts = true }));
    }

    private static List<List<string>> Connected(IReadOnlyList<ServiceRun> runs, params (string, string)[] calls) =>
        [.. RunGroups.Connected(runs, run => run.Minutes, calls).Select(group => group.Select(run => run.Service).ToList())];

    private static TimeWindow Of(int from, int to) => new(Start.AddMinutes(from), Start.AddMinutes(to));

    private static ServiceRun Run(string service, int from, int to)
    {
        var minutes = Enumerable
            .Range(0, 30)
            .Select(at => new ServiceMinute
            {
                MinuteNs = UnixNanos.From(Start.AddMinutes(at)),
                Service = service,
                Requests = 100,
                Failed = at >= from && at < to ? 30 : 0,
            })
            .ToList();
        return Assert.Single(ServiceRuns.Find(minutes, Of(5, 30)));
    }
}
