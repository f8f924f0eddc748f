using Copilot.Analysis.Tests.Simulation;
using Copilot.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Diagnosis.Tests.Watch.Streams;

/// <summary>
/// Systems that nobody has looked at, watched as they run: quiet hours, harmless changes, and every kind of trouble. Set
/// COPILOT_WATCH_SEED and COPILOT_WATCH_SYSTEMS for others and more.
/// </summary>
[Trait("needs", "postgres")]
public sealed class MadeUpHourTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    /// <summary>Minutes before anything happens.</summary>
    private const int Before = 20;

    private const int Lasting = 5;

    private static int From => Setting("COPILOT_WATCH_SEED", 1);

    private static int Systems => Setting("COPILOT_WATCH_SYSTEMS", 1);

    [Fact]
    public async Task Quiet_hours_and_harmless_changes_give_no_alarm()
    {
        var (minutes, alarms) = (0, 0);
        foreach (var kind in SimFaults.Harmless)
        {
            for (var seed = From; seed < From + Systems; seed++)
            {
                var hour = await MadeUpHour.BeginAsync(seed, postgres);
                var change = hour.Fault(kind);
                for (var minute = 0; minute < 60; minute++, minutes++)
                {
                    foreach (var accused in await hour.PassAsync(minute >= Before ? change : null))
                    {
                        output.WriteLine($"{kind}, seed {seed} ({hour.System.Services.Count} services), minute {minute}: {accused}");
                        alarms++;
                    }
                }
            }
        }

        output.WriteLine(FormattableString.Invariant($"{alarms} false alarms in {minutes / 60.0:0} hours"));
        Assert.True(alarms <= minutes / 60.0, $"{alarms} in {minutes} minutes");
    }

    /// <param name="before">Minutes before anything happens.</param>
    /// <param name="least">The share that must be named.</param>
    [Theory]
    [InlineData(Before, 0.7)]
    [InlineData(1, 0.5)]
    public async Task Trouble_of_every_kind_is_noticed_while_it_lasts(int before, double least)
    {
        output.WriteLine(
            "| trouble | n | named | median after, min | named wrongly, too | at the end |\n| --- | ---: | ---: | ---: | ---: | ---: |"
        );
        var (all, named, misnamed, still) = (0, 0, 0, 0);
        foreach (var kind in SimFaults.Kinds)
        {
            var (times, wrong, wrongAtEnd, tried) = (new List<int>(), 0, 0, 0);
            for (var seed = From; seed < From + Systems; seed++)
            {
                var hour = await MadeUpHour.BeginAsync(seed, postgres);
                if (hour.Fault(kind) is not { } fault)
                    continue;
                tried++;
                for (var minute = 0; minute < before; minute++)
                    await hour.PassAsync();
                var accused = new List<(int After, string Who)>();
                for (var after = 1; after <= Lasting; after++)
                    accused.AddRange((await hour.PassAsync(fault)).Select(who => (after, who)));
                if (accused.Find(a => fault.Causes.Contains(a.Who)) is { Who: not null } right)
                    times.Add(right.After);
                wrong += accused.Exists(a => !fault.Causes.Contains(a.Who)) ? 1 : 0;
                wrongAtEnd += (await hour.AccusedAsync()).Any(who => !fault.Causes.Contains(who)) ? 1 : 0;
            }

            times.Sort();
            output.WriteLine(
                $"| {kind} | {tried} | {times.Count} | {(times.Count == 0 ? "" : times[times.Count / 2])} | {wrong} | {wrongAtEnd} |"
            );
            (all, named, misnamed, still) = (all + tried, named + times.Count, misnamed + wrong, still + wrongAtEnd);
        }

        output.WriteLine($"{named} of {all}; {misnamed} named wrongly, {still} of them at the end");
        Assert.True(named >= least * all, $"{named} of {all}");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
