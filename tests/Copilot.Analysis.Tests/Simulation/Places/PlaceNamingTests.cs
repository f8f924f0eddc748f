using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Analysis.Tests.Simulation.Places;

/// <summary>
/// Whether the attribute value that trouble is confined to is named, and none where there is none. Takes the settings that
/// <see cref="MadeUpSystemTests"/> takes.
/// </summary>
[Trait("needs", "minutes")]
public sealed class PlaceNamingTests(ITestOutputHelper output)
{
    [Fact]
    public void Places_are_named_where_there_are_any_and_nowhere_else()
    {
        output.WriteLine("| trouble | n | first | verdict cause | named rightly | named wrongly |\n| --- | --- | --- | --- | --- | --- |");
        var named = new List<(bool HasPlace, bool Right, bool Wrong)>();
        foreach (var kind in SimPlaceFaults.Kinds.Concat(SimFaults.Kinds).Concat(SimFaults.Harmless))
        {
            var results = MadeUpSystemTests.Cases(kind).Select(c => (Case: c, Report: CauseRanker.Rank(c.Input))).ToList();
            var told = results
                .Select(r => (HasPlace: r.Case.Fault.Places.Count > 0, Right: IsRight(r.Case, r.Report), Wrong: IsWrong(r.Case, r.Report)))
                .ToList();
            named.AddRange(told);
            output.WriteLine(
                $"| {kind} | {results.Count} | {results.Count(r => MadeUpSystemTests.RankOf(r.Case, r.Report) == 1)} | {results.Count(r => r.Report.Verdict == CauseVerdict.Cause)} | {(told.Exists(t => t.HasPlace) ? told.Count(t => t.Right) : "–")} | {told.Count(t => t.Wrong)} |"
            );
            foreach (
                var (c, report) in results.Where(r =>
                    (r.Case.Fault.Places.Count > 0 && !IsRight(r.Case, r.Report)) || IsWrong(r.Case, r.Report)
                )
            )
                output.WriteLine(
                    $"    seed {c.Seed} ({c.System.Services.Count} services, {c.System.Style}): wanted {string.Join(" or ", c.Fault.Places)} at {string.Join(", ", c.Fault.Causes)}; {report.Verdict}: {(report.Items.Count > 0 ? report.Items[0].Service + ": " + report.Items[0].Why : "")}"
                );
        }

        var wrong = named.Count(n => n.Wrong);
        var (right, places) = (named.Count(n => n.Right), named.Count(n => n.HasPlace));
        output.WriteLine($"named rightly {right} of {places}; wrongly {wrong} of {named.Count}");
        Assert.True(wrong <= 0.02 * named.Count, "a place that is none is hardly ever named");
        Assert.True(right >= 0.5 * places, "most places are named");
    }

    /// <summary>The place, or one that just the same requests have, and says so.</summary>
    private static bool IsRight(SimCase c, CauseReport report) =>
        Place(report) is { } place
        && c.Fault.Places.Any(p => (place.Attribute, place.Value) == p || place.Alike.Contains($"{p.Key} = {p.Value}"));

    private static bool IsWrong(SimCase c, CauseReport report) => Place(report) is not null && !IsRight(c, report);

    private static CauseLocation? Place(CauseReport report) => report.Verdict == CauseVerdict.Cause ? report.Items[0].Place : null;
}
