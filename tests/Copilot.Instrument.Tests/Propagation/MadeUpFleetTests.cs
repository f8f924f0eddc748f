using Copilot.Instrument.Propagation;
using Xunit.Abstractions;

namespace Copilot.Instrument.Tests.Propagation;

/// <summary>Systems made up by a seed: what the doctor finds of what is broken, and what it claims that is not.</summary>
public sealed class MadeUpFleetTests(ITestOutputHelper output)
{
    private const int Seeds = 24;

    [Fact]
    public void Of_made_up_fleets_nearly_all_breaks_are_found_and_none_is_claimed_that_is_not()
    {
        int truth = 0,
            found = 0;
        var wrong = new List<string>();
        var missed = new List<string>();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var fleet = Make(seed);
            var told = PropagationDoctor.Judge(fleet.Sample()).Breaks.Select(broken => (broken.Caller, broken.Callee)).ToHashSet();
            truth += fleet.Broken.Count;
            found += told.Count(fleet.Broken.Contains);
            wrong.AddRange(told.Where(pair => !fleet.Broken.Contains(pair)).Select(pair => $"seed {seed}: {pair}"));
            missed.AddRange(fleet.Broken.Where(pair => !told.Contains(pair)).Select(pair => $"seed {seed}: {pair}"));
        }

        output.WriteLine($"{found} of {truth} found, {wrong.Count} claimed wrongly");
        output.WriteLine(string.Join("\n", missed));
        Assert.Empty(wrong);
        Assert.True(found >= 0.9 * truth, $"{found} of {truth}: {string.Join(", ", missed)}");
    }

    [Fact]
    public void In_healthy_fleets_nothing_is_claimed()
    {
        for (var seed = 100; seed < 100 + Seeds; seed++)
        {
            var fleet = Make(seed, healthy: true);
            Assert.Empty(fleet.Broken);
            Assert.Empty(
                PropagationDoctor.Judge(fleet.Sample()).Breaks.Select(broken => $"seed {seed}: {broken.Caller} → {broken.Callee}")
            );
        }
    }

    private static MadeUpFleet Make(int seed, bool healthy = false)
    {
        var random = new Random(seed * 7919);
        var fleet = new MadeUpFleet(seed, minutes: 5, bursts: seed % 3 == 0);
        string[] services =
        [
            .. Enumerable.Range(0, 10 + random.Next(8)).Select(index => $"{(char)('a' + (index % 26))}{index}-{random.Next(1000)}"),
        ];
        EdgeFate[] fates = healthy
            ?
            [
                EdgeFate.Kept,
                EdgeFate.QueueLinked,
                EdgeFate.ParentsSampled,
                EdgeFate.CalleeSamples,
                EdgeFate.ThirdParty,
                EdgeFate.ThirdPartyAlike,
                EdgeFate.Database,
                EdgeFate.Timer,
            ]
            : Enum.GetValues<EdgeFate>();
        foreach (var service in services)
            fleet.Browsers(service, $"GET /{(char)('a' + random.Next(26))}/:id", 0.1 + (random.NextDouble() * 4));
        for (var i = 0; i < services.Length * 2; i++)
        {
            var (caller, callee) = (random.Next(services.Length), random.Next(services.Length));
            if (caller == callee)
                continue;
            fleet.Edge(services[caller], services[callee], fates[random.Next(fates.Length)], Math.Exp(random.NextDouble() * 4 - 2.5));
        }

        return fleet;
    }
}
