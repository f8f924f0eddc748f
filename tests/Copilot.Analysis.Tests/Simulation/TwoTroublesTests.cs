using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Analysis.Tests.Simulation;

/// <summary>
/// Two troubles of any kind at once in made-up systems. COPILOT_CAUSES_SEED and COPILOT_CAUSES_SYSTEMS for others and more, COPILOT_CAUSES_MISSED=1
/// to be told what was missed.
/// </summary>
[Trait("needs", "minutes")]
public sealed class TwoTroublesTests(ITestOutputHelper output)
{
    private static int From => Setting("COPILOT_CAUSES_SEED", 1);

    private static int Systems => Setting("COPILOT_CAUSES_SYSTEMS", 60);

    private static bool TellsMissed => Environment.GetEnvironmentVariable("COPILOT_CAUSES_MISSED") == "1";

    [Fact]
    public void Two_troubles_at_once_are_both_named()
    {
        var (both, inTwo, first, wrong, n) = (0, 0, 0, 0, 0);
        foreach (var c in Pairs().Take(Systems))
        {
            n++;
            var reports = CauseRanker.RankAll(c.Input);
            IReadOnlySet<string>[] wanted = [c.Fault.Causes, c.Fault.Beside!.Causes];
            var claimed = reports.Where(r => r.Verdict == CauseVerdict.Cause).Select(r => r.Items[0]).ToList();
            var ranked = claimed.Concat(reports[0].Items).DistinctBy(i => i.Service).Take(2).ToList();
            both += wanted.All(w => claimed.Exists(i => Is(i, w))) ? 1 : 0;
            inTwo += wanted.All(w => ranked.Exists(i => Is(i, w))) ? 1 : 0;
            first += claimed is [var one, ..] && wanted.Any(w => Is(one, w)) ? 1 : 0;
            wrong += claimed.Count(i => !wanted.Any(w => Is(i, w)));
            if (TellsMissed && !wanted.All(w => claimed.Exists(i => Is(i, w))))
                output.WriteLine(
                    $"seed {c.Seed}, {c.Fault.Kind}: {string.Join(" and ", wanted.Select(w => string.Join('/', w)))}; claimed "
                        + string.Join("; ", claimed.Select(i => FormattableString.Invariant($"{i.Service} {i.Confidence:0.00} {i.Why}")))
                        + $"; ranked {string.Join(", ", reports[0].Items.Take(4).Select(i => FormattableString.Invariant($"{i.Service} {i.Score:0.00} {i.Confidence:0.00} {i.Kind}")))}"
                );
        }

        output.WriteLine(
            FormattableString.Invariant(
                $"{n} pairs: both claimed {both}, both in the first two {inTwo}, one of them first {first}, claimed and neither {wrong}"
            )
        );
        Assert.True(inTwo >= 0.6 * n && first >= 0.85 * n && wrong <= 0.15 * n, "two troubles");
    }

    [Fact]
    public void One_trouble_is_not_told_as_two()
    {
        var (second, n) = (0, 0);
        foreach (
            var c in SimFaults.Kinds.Concat(SimFaults.Harmless).SelectMany(k => MadeUpSystemTests.Cases(k).Take(Math.Max(3, Systems / 12)))
        )
        {
            n++;
            var reports = CauseRanker.RankAll(c.Input);
            second += reports.Count > 1 ? 1 : 0;
            if (TellsMissed && reports.Count > 1)
                output.WriteLine(
                    $"seed {c.Seed}, {c.Fault.Kind}: {string.Join('/', c.Fault.Causes)}; claimed "
                        + string.Join(
                            "; ",
                            reports.Select(r =>
                                FormattableString.Invariant($"{r.Items[0].Service} {r.Items[0].Confidence:0.00} {r.Items[0].Why}")
                            )
                        )
                );
        }

        output.WriteLine($"{second} of {n} told as two");
        Assert.True(second <= 0.03 * n, $"{second} of {n}");
    }

    private static IEnumerable<SimCase> Pairs()
    {
        for (var seed = From; ; seed++)
        {
            var random = new Random(seed);
            var one = SimFaults.Kinds[random.Next(SimFaults.Kinds.Count)];
            var other = SimFaults.Kinds[random.Next(SimFaults.Kinds.Count)];
            if (SimCase.Make(seed, one, other) is { } made)
                yield return made;
        }
    }

    private static bool Is(CauseItem item, IReadOnlySet<string> causes) =>
        causes.Contains(item.Service) || (item.Peer is { } peer && causes.Contains(peer));

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
