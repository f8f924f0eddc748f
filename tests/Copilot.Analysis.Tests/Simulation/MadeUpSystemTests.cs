using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Tests.Accuracy;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Analysis.Tests.Simulation;

/// <summary>
/// Systems that nobody has looked at: random topologies, names, instrumentation and small samples, with every kind of trouble. Set
/// COPILOT_CAUSES_SEED and COPILOT_CAUSES_SYSTEMS for others and more, COPILOT_CAUSES_KIND for kinds of trouble whose name holds it alone.
/// </summary>
[Trait("needs", "minutes")]
public sealed class MadeUpSystemTests(ITestOutputHelper output)
{
    private static int From => Setting("COPILOT_CAUSES_SEED", 1);

    private static string? Only => Environment.GetEnvironmentVariable("COPILOT_CAUSES_KIND");

    private static int Systems => Setting("COPILOT_CAUSES_SYSTEMS", 12);

    [Fact]
    public void Trouble_of_every_kind_is_found_where_it_starts()
    {
        output.WriteLine("| trouble | n | AC@1 | AC@3 | Avg@5 | verdict cause |\n| --- | --- | --- | --- | --- | --- |");
        var all = new List<(int Rank, bool Told, double Confidence)>();
        foreach (var kind in SimFaults.Kinds.Where(k => Only is null || k.Contains(Only, StringComparison.Ordinal)))
        {
            var results = Cases(kind).Select(c => (Case: c, Report: CauseRanker.Rank(c.Input))).ToList();
            var ranks = results
                .Select(r =>
                    (
                        RankOf(r.Case, r.Report),
                        r.Report.Verdict == CauseVerdict.Cause,
                        r.Report.Items.Count > 0 ? r.Report.Items[0].Confidence : 0
                    )
                )
                .ToList();
            all.AddRange(ranks);
            output.WriteLine(Line(kind, ranks));
            if (results.Find(r => r.Case.Fault.Signal is not null).Case?.Fault.Signal is { } signal)
                output.WriteLine(
                    $"    told by {signal}: {results.Count(r => RankOf(r.Case, r.Report) == 1 && r.Report.Items[0].Evidence.Any(e => e.Signal == signal))} of {results.Count}, as {string.Join(", ", results.Where(r => r.Report.Items.Count > 0).CountBy(r => r.Report.Items[0].Kind).Select(k => $"{k.Key} {k.Value}"))}"
                );
            foreach (var (c, report) in results.Where(r => RankOf(r.Case, r.Report) != 1 || r.Report.Verdict != CauseVerdict.Cause))
                output.WriteLine(
                    $"    seed {c.Seed} ({c.System.Services.Count} services, {c.Input.Bad.TraceIds.Count} traces, {c.System.Style}): wanted {string.Join(" or ", c.Fault.Causes)}, rank {RankOf(c, report)}, {report.Verdict}; {string.Join(", ", report.Items.Take(3).Select(i => FormattableString.Invariant($"{i.Service} {i.Score:0.00} {i.Kind} ({string.Join("; ", i.Evidence.Take(3).Select(e => FormattableString.Invariant($"{e.Claim} [{e.Surprise}]")))})")))}"
                );
        }

        output.WriteLine(Line("all", all));
        output.WriteLine("| confidence of the first | n | mean | right |\n| --- | --- | --- | --- |");
        foreach (var bin in all.Where(a => a.Told).GroupBy(a => Math.Min(4, (int)(a.Confidence * 5))).OrderBy(b => b.Key))
            output.WriteLine(
                FormattableString.Invariant(
                    $"| {bin.Key * 0.2:0.0}–{(bin.Key + 1) * 0.2:0.0} | {bin.Count()} | {bin.Average(b => b.Confidence):0.00} | {bin.Average(b => b.Rank == 1 ? 1 : 0):0.00} |"
                )
            );
        Assert.True(all.Average(a => a.Rank == 1 ? 1.0 : 0) >= 0.8, "the first place must be right in four of five cases");
    }

    [Fact]
    public void What_is_no_trouble_has_no_cause()
    {
        output.WriteLine("| | n | false causes |\n| --- | --- | --- |");
        var all = new List<bool>();
        foreach (var kind in SimFaults.Harmless)
        {
            var results = Cases(kind).Select(c => (Case: c, Report: CauseRanker.Rank(c.Input))).ToList();
            all.AddRange(results.Select(r => r.Report.Verdict == CauseVerdict.Cause));
            output.WriteLine($"| {kind} | {results.Count} | {results.Count(r => r.Report.Verdict == CauseVerdict.Cause)} |");
            foreach (var (c, report) in results.Where(r => r.Report.Verdict == CauseVerdict.Cause))
                output.WriteLine(
                    FormattableString.Invariant(
                        $"    seed {c.Seed}: {report.Items[0].Service} {report.Items[0].Score:0.00} {report.Items[0].Why}"
                    )
                );
        }

        Assert.True(all.Average(a => a ? 1.0 : 0) <= 0.05, "at most one in twenty");
    }

    internal static List<SimCase> Cases(string kind) =>
        [.. Enumerable.Range(From, 6 * Systems).Select(seed => SimCase.Make(seed, kind)).OfType<SimCase>().Take(Systems)];

    internal static int RankOf(SimCase c, CauseReport report) =>
        c.Fault.Causes.Select(name => Scores.RankOf(report, name)).Where(rank => rank > 0).DefaultIfEmpty(0).Min();

    private static string Line(string name, List<(int Rank, bool Told, double Confidence)> of)
    {
        double At(int k) => of.Average(r => r.Rank > 0 && r.Rank <= k ? 1.0 : 0);
        return of.Count == 0
            ? $"| {name} | 0 |"
            : FormattableString.Invariant(
                $"| {name} | {of.Count} | {At(1):0.00} | {At(3):0.00} | {Enumerable.Range(1, 5).Average(At):0.00} | {of.Average(r => r.Told ? 1.0 : 0):0.00} |"
            );
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
