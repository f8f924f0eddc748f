using Copilot.Analysis.Tests.Simulation;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Watch.Tests.Streams;

/// <summary>
/// Systems that nobody has looked at, watched as they run: quiet hours, harmless changes, and every kind of trouble. Set
/// COPILOT_WATCH_SEED and COPILOT_WATCH_SYSTEMS for others and more.
/// </summary>
public sealed class MadeUpHourTests(ITestOutputHelper output)
{
    /// <summary>Minutes before anything happens.</summary>
    private const int Before = 20;

    private const int Lasting = 5;

    private static int From => Setting("COPILOT_WATCH_SEED", 1);

    private static int Systems => Setting("COPILOT_WATCH_SYSTEMS", 2);

    [Fact]
    public void Quiet_hours_and_harmless_changes_give_no_alarm()
    {
        var (minutes, alarms) = (0, 0);
        foreach (var kind in SimFaults.Harmless)
        {
            for (var seed = From; seed < From + Systems; seed++)
            {
                var hour = new MadeUpHour(seed);
                var change = hour.Fault(kind);
                for (var minute = 0; minute < 60; minute++, minutes++)
                {
                    if (hour.Pass(minute >= Before ? change : null) is not { } accused)
                        continue;
                    output.WriteLine($"{kind}, seed {seed} ({hour.System.Services.Count} services), minute {minute}: {accused}");
                    alarms++;
                }
            }
        }

        output.WriteLine(FormattableString.Invariant($"{alarms} false alarms in {minutes / 60.0:0} hours"));
        Assert.True(alarms <= minutes / 60.0, $"{alarms} in {minutes} minutes");
    }

    [Fact]
    public void Trouble_of_every_kind_is_noticed_while_it_lasts()
    {
        output.WriteLine("| trouble | n | named | median after, min | named wrongly |\n| --- | ---: | ---: | ---: | ---: |");
        var (all, named) = (0, 0);
        foreach (var kind in SimFaults.Kinds)
        {
            var (times, wrong, tried) = (new List<int>(), 0, 0);
            for (var seed = From; seed < From + Systems; seed++)
            {
                var hour = new MadeUpHour(seed);
                if (hour.Fault(kind) is not { } fault)
                    continue;
                tried++;
                for (var minute = 0; minute < Before; minute++)
                    hour.Pass();
                var accused = Enumerable.Range(1, Lasting).Select(after => (After: after, Who: hour.Pass(fault))).Where(a => a.Who is not null).ToList();
                if (accused.Find(a => fault.Causes.Contains(a.Who!)) is { Who: not null } right)
                    times.Add(right.After);
                wrong += accused.Exists(a => !fault.Causes.Contains(a.Who!)) ? 1 : 0;
            }

            times.Sort();
            output.WriteLine($"| {kind} | {tried} | {times.Count} | {(times.Count == 0 ? "" : times[times.Count / 2])} | {wrong} |");
            (all, named) = (all + tried, named + times.Count);
        }

        output.WriteLine($"{named} of {all}");
        Assert.True(named >= 0.7 * all, $"{named} of {all}");
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
