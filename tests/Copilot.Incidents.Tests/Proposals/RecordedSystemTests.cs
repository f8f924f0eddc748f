using System.Globalization;
using System.Text.Json;
using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Tests.Windows;
using Copilot.Diagnosis.Windows;
using Copilot.Ownership.Tests.Owners;
using Copilot.Telemetry.Records;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Incidents.Tests.Proposals;

/// <summary>Whole investigations on recorded worlds in a real Postgres: as accurate as the analysis in memory, and at once.</summary>
[Trait("needs", "postgres")]
public sealed class RecordedSystemTests(ITestOutputHelper output)
{
    [RequiresFact("shared/worlds/nezha")]
    public async Task Labelled_faults_are_found_from_the_store()
    {
        var folder = Material.Get("shared/worlds/nezha");
        await using var world = await WorldDatabase.ImportAsync(folder, new Dictionary<string, string>());
        using var cases = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "cases.json")));
        var ranks = new List<int>();
        var elapsed = new List<double>();
        foreach (var @case in cases.RootElement.EnumerateArray())
        {
            var found = await world.Investigator.AnalyzeAsync(Request(@case), default);
            var cause = @case.GetProperty("label").GetProperty("root_cause_service").GetString();
            var rank = found.Report.Items.Take(10).ToList().FindIndex(i => i.Service == cause) + 1;
            ranks.Add(rank);
            elapsed.Add(found.ElapsedMs);
            if (rank != 1)
                output.WriteLine(
                    $"{@case.GetProperty("id")} ranked {rank}: {string.Join(", ", found.Report.Items.Take(5).Select(i => i.Service))}"
                );
        }

        elapsed.Sort();
        var first = ranks.Count(r => r == 1) / (double)ranks.Count;
        output.WriteLine(
            FormattableString.Invariant(
                $"AC@1 {first:0.000} of {ranks.Count}; median {elapsed[elapsed.Count / 2]} ms, p95 {elapsed[(int)(elapsed.Count * 0.95)]} ms, max {elapsed[^1]} ms"
            )
        );
        Assert.True(first >= 0.9, string.Join(",", ranks));
    }

    [RequiresFact("shared/worlds/harbor")]
    public async Task The_recorded_shops_faults_are_found_without_being_told_what_good_looks_like()
    {
        var folder = Material.Get("shared/worlds/harbor");
        await using var world = await WorldDatabase.ImportAsync(
            folder,
            new Dictionary<string, string>
            {
                ["rates.carrierhub.example"] = "carrier-rates",
                ["api.paynode.example"] = "acquirer",
                ["orders"] = "order-service",
            }
        );
        using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "truth.json")));
        var wrong = new List<string>();
        foreach (var fault in truth.RootElement.GetProperty("faults").EnumerateArray())
        {
            var window = new TimeWindow(WorldDatabase.Time(fault.GetProperty("from")), WorldDatabase.Time(fault.GetProperty("to")));
            var found = await world.Investigator.AnalyzeAsync(new WindowAnalysisRequest { Window = window }, default);
            var cause =
                fault.GetProperty("cause").ValueKind == JsonValueKind.Null
                    ? null
                    : fault.GetProperty("cause").GetProperty("service").GetString();
            var affected = found.Report.Affected.Select(a => a.Service).ToHashSet();
            affected.SymmetricExceptWith(fault.GetProperty("affected").EnumerateArray().Select(a => a.GetString()!));
            var named = found.Report.Verdict == CauseVerdict.Cause ? found.Report.Items[0].Service : null;
            var place = named is null ? null : found.Report.Items[0].Place?.Condition();
            var wanted =
                cause is not null && fault.GetProperty("cause").TryGetProperty("attribute", out var at)
                    ? $"{at.GetProperty("key").GetString()} = {at.GetProperty("value").GetString()}"
                    : null;
            output.WriteLine(
                $"{fault.GetProperty("id")} wanted {cause}, named {named}; affected differs by [{string.Join(", ", affected)}]; place {place}, wanted {wanted}; {found.ElapsedMs} ms, {found.Queries.Sum(q => q.Rows)} spans"
            );
            if (named != cause || (cause is not null && affected.Count > 1))
                wrong.Add($"{fault.GetProperty("id")}: {named} ({found.Report.Summary})");
            if (place != wanted)
                wrong.Add($"{fault.GetProperty("id")}: {place} instead of {wanted}");
        }

        Assert.Empty(wrong);
        var proposals = await ProposalScore.MeasureAsync(
            World.Open("harbor"),
            async (_, window) =>
                WindowDiagnoser.Of(await world.Investigator.AnalyzeAsync(new WindowAnalysisRequest { Window = window }, default)),
            output
        );
        Assert.True(proposals is { Precision: >= 0.95, Recall: >= 0.95 } && proposals.Runbooks >= 0.9 * proposals.Faults);
        await LongWindowsAsync(world);
        await SpeedAsync(world);
        await QuietMinutesAsync(world);
    }

    /// <summary>Two-minute windows with none of a fault's time in them, compared with what was before, faults included.</summary>
    private async Task QuietMinutesAsync(WorldDatabase world)
    {
        var start = new DateTimeOffset(2026, 11, 22, 7, 0, 0, TimeSpan.Zero);
        var tried = 0;
        var wrong = new List<string>();
        foreach (
            var (from, to) in new[]
            {
                (54.0, 56.4),
                (58.4, 59.2),
                (61.2, 63.2),
                (65.0, 65.9),
                (67.7, 68.5),
                (70.4, 71.2),
                (72.8, 73.4),
                (75.2, 75.9),
            }
        )
        {
            for (var at = from; at <= to; at += 0.2)
            {
                var length = Math.Min(2, to - at);
                if (length < 0.5)
                    continue;
                tried++;
                var window = new TimeWindow(start.AddMinutes(at), start.AddMinutes(at + length));
                var found = await world.Investigator.AnalyzeAsync(new WindowAnalysisRequest { Window = window }, default);
                if (found.Report.Verdict == CauseVerdict.Cause)
                    wrong.Add($"{at:0.0}+{length:0.0}: {found.Report.Items[0].Service} {found.Report.Items[0].Why}");
            }
        }

        output.WriteLine($"{wrong.Count} of {tried} quiet windows with a false cause\n{string.Join('\n', wrong)}");
        Assert.True(wrong.Count <= 0.05 * tried, $"{wrong.Count} of {tried}");
    }

    /// <summary>Windows with a fault somewhere inside, one of them with hardly any time recorded before it.</summary>
    private async Task LongWindowsAsync(WorldDatabase world)
    {
        foreach (
            var (from, to, cause) in new[]
            {
                ("07:54:00", "07:58:00", "payment"),
                ("08:01:00", "08:05:00", "carrier-rates"),
                ("08:00:55", "08:05:15", "carrier-rates"),
            }
        )
        {
            var window = new TimeWindow(
                DateTimeOffset.Parse($"2026-11-22T{from}Z", CultureInfo.InvariantCulture),
                DateTimeOffset.Parse($"2026-11-22T{to}Z", CultureInfo.InvariantCulture)
            );
            var found = await world.Investigator.AnalyzeAsync(new WindowAnalysisRequest { Window = window }, default);
            output.WriteLine(
                $"{from}–{to}: {found.Report.Verdict} {(found.Report.Items is [var first, ..] ? first.Service : "nothing")}, looked into {found.Window}, {found.ElapsedMs} ms"
            );
            Assert.Equal((CauseVerdict.Cause, cause), (found.Report.Verdict, found.Report.Items[0].Service));
            Assert.Equal(window, found.Asked);
        }
    }

    private async Task SpeedAsync(WorldDatabase world)
    {
        var elapsed = new List<double>();
        var window = new TimeWindow(
            new DateTimeOffset(2026, 11, 22, 8, 3, 16, TimeSpan.Zero),
            new DateTimeOffset(2026, 11, 22, 8, 4, 50, TimeSpan.Zero)
        );
        for (var i = 0; i < 12; i++)
            elapsed.Add((await world.Investigator.AnalyzeAsync(new WindowAnalysisRequest { Window = window }, default)).ElapsedMs);
        elapsed.Sort();
        output.WriteLine($"one window again and again: best {elapsed[0]} ms, median {elapsed[6]} ms, worst {elapsed[^1]} ms");
    }

    private static WindowAnalysisRequest Request(JsonElement @case)
    {
        var baseline = @case.GetProperty("baseline");
        var windows = new List<TimeWindow>();
        if (baseline.GetProperty("own_traces").GetInt32() > 0)
            windows.Add(
                new TimeWindow(WorldDatabase.Time(baseline.GetProperty("own_start")), WorldDatabase.Time(baseline.GetProperty("own_end")))
            );
        var day = baseline.GetProperty("day_window");
        windows.Add(new TimeWindow(WorldDatabase.Time(day[0]), WorldDatabase.Time(day[1])));
        var window = @case.GetProperty("window");
        return new WindowAnalysisRequest
        {
            Window = new TimeWindow(WorldDatabase.Time(window.GetProperty("start")), WorldDatabase.Time(window.GetProperty("end"))),
            Baselines = windows,
            Scope = $"{{ resource.service.namespace = \"{@case.GetProperty("system").GetString()}\" }}",
        };
    }
}
