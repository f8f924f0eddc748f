using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Tests.Accuracy;
using Copilot.Analysis.Tests.Simulation;
using Copilot.Telemetry.Records;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Analysis.Tests.Arrivals;

/// <summary>
/// Asked while it begins: callers' spans have come and their callees' are on their way. What is said then must be right, or not be said.
/// </summary>
[Trait("needs", "minutes")]
public sealed class FirstSecondsTests(ITestOutputHelper output)
{
    private const int Systems = 3;

    private static readonly int[] Seconds = [5, 10, 20, 30, 60];

    private static readonly string[] Kinds =
    [
        "quiet",
        "processor",
        "network delay",
        "exception",
        "service dead",
        "pod dead",
        "external slow",
        "shared database slow",
        "timeout too short",
        "consumer lag",
    ];

    [Fact]
    public void What_is_said_in_the_first_seconds_is_right_or_not_said()
    {
        output.WriteLine(
            "| seconds after the beginning | n | right | not said | wrong | wrong, were all taken for complete |\n| --- | --- | --- | --- | --- | --- |"
        );
        var cases = Kinds
            .SelectMany(kind =>
                Enumerable.Range(1, 6 * Systems).Select(seed => SimCase.Make(seed, kind, 5)).OfType<SimCase>().Take(Systems)
            )
            .ToList();
        foreach (var second in Seconds)
        {
            var told = cases.Select(c => (Case: c, Report: Ask(c, second, isAware: true))).ToList();
            var (right, wrong) = (told.Count(t => IsRight(t.Case, t.Report) is true), told.Count(t => IsRight(t.Case, t.Report) is false));
            var unaware = cases.Count(c => IsRight(c, Ask(c, second, isAware: false)) is false);
            output.WriteLine($"| {second} | {told.Count} | {right} | {told.Count - right - wrong} | {wrong} | {unaware} |");
            foreach (var (c, report) in told.Where(t => IsRight(t.Case, t.Report) is false))
                output.WriteLine(
                    $"    {c.Fault.Kind}, seed {c.Seed} ({c.System.Style}): wanted {string.Join(" or ", c.Fault.Causes)}; {report.Summary}"
                );
            Assert.True(wrong <= 0.02 * told.Count, $"{wrong} wrong after {second} s");
        }
    }

    private static CauseReport Ask(SimCase c, int second, bool isAware)
    {
        var now = c.Input.Bad.Window.FromNs + (second * UnixNanos.PerSecond);
        var sample = new SimExport(c.Seed).At(c.Input.Bad, now, isAware);
        return CauseRanker.Rank(c.Input with { Bad = sample, Resources = [] });
    }

    /// <returns>Null where nothing is said.</returns>
    private static bool? IsRight(SimCase c, CauseReport report) =>
        report.Verdict != CauseVerdict.Cause ? null : c.Fault.Causes.Any(name => Scores.RankOf(report, name) == 1);
}
