using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Analysis.Tests.Accuracy;

/// <summary>What was planted in the repository's own systems against what is found. The floors are what is reached.</summary>
public sealed class OwnWorldTests(OwnWorlds worlds, ITestOutputHelper output) : IClassFixture<OwnWorlds>
{
    private const int MostMissed = 0;

    private const int MostAffectedOtherwise = 1;

    [Fact]
    public void Planted_faults_are_found_where_they_start()
    {
        output.WriteLine(
            "| fault | kind told | verdict | rank | first | confidence | affected otherwise | place |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
        );
        var (missed, invented, otherwise, misplaced) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var fault in worlds.All.SelectMany(w => w.Faults.Select(f => (World: w, Fault: f))))
        {
            var (world, planted) = fault;
            var report = CauseRanker.Rank(world.Input(planted.Window, planted.Baseline));
            var first = report.Items.Count > 0 ? report.Items[0] : null;
            var rank = report.Items.Take(10).ToList().FindIndex(i => planted.IsCausedBy(i.Service)) + 1;
            var affected = report.Affected.Select(a => a.Service).ToHashSet();
            affected.SymmetricExceptWith(planted.Affected);
            output.WriteLine(
                FormattableString.Invariant(
                    $"| {planted.Id} | {first?.Kind} | {report.Verdict} | {rank} | {first?.Service} | {first?.Confidence} | {string.Join(", ", affected)} | {first?.Place?.Condition()} |"
                )
            );
            if (planted.Cause is null)
            {
                if (report.Verdict == CauseVerdict.Cause)
                    invented.Add($"{planted.Id}: {first?.Service} ({first?.Why})");
                continue;
            }

            if (rank != 1 || report.Verdict != CauseVerdict.Cause)
                missed.Add($"{planted.Id}: {report.Verdict}, {report.Summary}");
            else if (planted.Place is not null && first?.Place?.Condition() != planted.Place)
                misplaced.Add($"{planted.Id}: {first?.Place?.Condition()} instead of {planted.Place}");
            if (affected.Count > 0)
                otherwise.Add($"{planted.Id}: {string.Join(", ", affected)}");
        }

        foreach (
            var told in new[] { ("missed", missed), ("invented", invented), ("affected otherwise", otherwise), ("misplaced", misplaced) }
        )
            output.WriteLine($"{told.Item2.Count} {told.Item1}: {string.Join("; ", told.Item2)}");
        Assert.Empty(invented);
        Assert.Empty(misplaced);
        Assert.True(missed.Count <= MostMissed, string.Join('\n', missed));
        Assert.True(otherwise.Count <= MostAffectedOtherwise, string.Join('\n', otherwise));
    }

    [Fact]
    public void Quiet_windows_have_no_cause()
    {
        var tried = 0;
        var wrong = new List<string>();
        foreach (var world in worlds.All)
        {
            foreach (var (bad, baseline) in world.Quiet.SelectMany(bad => world.Quiet.Where(q => q != bad).Select(q => (bad, q))))
            {
                tried++;
                var report = CauseRanker.Rank(world.Input(bad, baseline));
                if (report.Verdict == CauseVerdict.Cause)
                    wrong.Add($"{bad} against {baseline}: {report.Items[0].Service} ({report.Items[0].Why})");
            }
        }

        output.WriteLine($"{wrong.Count} of {tried} quiet windows with a false cause: {string.Join("; ", wrong)}");
        Assert.True(wrong.Count <= 0.05 * tried, string.Join("; ", wrong));
    }
}
