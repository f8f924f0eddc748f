using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Tests.Worlds;
using Copilot.Telemetry.Records;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Analysis.Tests.Accuracy;

[Trait("needs", "minutes")]
public sealed class RecordedShopTests(RecordedShopTests.World shop, ITestOutputHelper output) : IClassFixture<RecordedShopTests.World>
{
    public static IReadOnlyList<TimeWindow> QuietGaps { get; } =
    [
        .. new[]
        {
            ("07:53:23", "07:56:23"),
            ("07:58:23", "07:59:10"),
            ("08:01:04", "08:03:11"),
            ("08:05:03", "08:05:50"),
            ("08:07:43", "08:08:30"),
            ("08:10:28", "08:11:11"),
            ("08:12:48", "08:13:26"),
            ("08:15:18", "08:15:55"),
        }.Select(g => new TimeWindow(RecordedWorld.At(g.Item1), RecordedWorld.At(g.Item2))),
    ];

    [RequiresFact("shared/worlds/harbor")]
    public void Every_fault_is_found_and_what_is_none_is_not()
    {
        output.WriteLine(
            "| fault | verdict | first | kind | operation | confidence | affected as expected |\n| --- | --- | --- | --- | --- | --- | --- |"
        );
        var wrong = new List<string>();
        var misplaced = new List<string>();
        foreach (var fault in shop.Harbor.Faults)
        {
            var report = CauseRanker.Rank(shop.Harbor.Input(fault.Window, fault.Baseline));
            var first = report.Items.Count > 0 ? report.Items[0] : null;
            var affected = report.Affected.Select(a => a.Service).ToHashSet();
            affected.SymmetricExceptWith(fault.Affected);
            output.WriteLine(
                FormattableString.Invariant(
                    $"| {fault.Id} | {report.Verdict} | {first?.Service} | {first?.Kind} | {first?.Operation} | {first?.Confidence} | {(affected.Count == 0 ? "yes" : string.Join(", ", affected))} |"
                )
            );
            output.WriteLine($"    {report.Summary}");
            foreach (var rejected in report.Rejected)
                output.WriteLine($"    not {rejected.Service}: {rejected.Reason}");
            var right = fault.Cause is null
                ? report.Verdict != CauseVerdict.Cause
                : report.Verdict == CauseVerdict.Cause && first?.Service == fault.Cause && affected.Count == 0;
            if (!right)
                wrong.Add(fault.Id);
            if (report.Verdict == CauseVerdict.Cause && first?.Place?.Condition() != fault.Place)
                misplaced.Add($"{fault.Id}: {first?.Place?.Condition()} instead of {fault.Place}");
        }

        Assert.Empty(wrong);
        Assert.Empty(misplaced);
    }

    [RequiresFact("shared/worlds/harbor")]
    public void Quiet_windows_have_no_cause()
    {
        var tried = 0;
        var wrong = new List<string>();
        foreach (var bad in QuietGaps)
        {
            var middle = bad.FromNs + ((bad.ToNs - bad.FromNs) / 2);
            Try(new TimeWindow(middle, bad.ToNs), new TimeWindow(bad.FromNs, middle));
            foreach (var baseline in QuietGaps.Where(g => g != bad))
                Try(bad, baseline);
        }

        output.WriteLine($"{wrong.Count} of {tried} quiet windows with a false cause: {string.Join("; ", wrong)}");
        Assert.True(wrong.Count <= 0.05 * tried, string.Join("; ", wrong));

        void Try(TimeWindow bad, TimeWindow baseline)
        {
            tried++;
            var report = CauseRanker.Rank(shop.Harbor.Input(bad, baseline));
            if (report.Verdict == CauseVerdict.Cause)
                wrong.Add($"{bad} against {baseline}: {report.Items[0].Service} ({report.Items[0].Why})");
        }
    }

    public sealed class World
    {
        private readonly Lazy<RecordedWorld> _harbor = new(() => new RecordedWorld(Material.Get("shared/worlds/harbor")));

        public RecordedWorld Harbor => _harbor.Value;
    }
}
