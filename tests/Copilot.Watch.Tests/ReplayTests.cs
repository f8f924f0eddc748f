using System.Text.Json;
using Copilot.Incidents.Findings;
using Copilot.Incidents.Tests.Investigations;
using Copilot.Store.Samples;
using Copilot.Store.Suggestions;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Watch.Tests;

/// <summary>The recorded shop as it happened: one look a minute, and nothing of the future.</summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    [SharedFact("worlds/harbor")]
    public async Task Faults_are_suggested_while_they_last_and_closed_after()
    {
        var folder = SharedFolder.Get("worlds/harbor");
        await using var world = await WorldDatabase.ImportAsync(folder, new Dictionary<string, string> { ["rates.carrierhub.example"] = "carrier-rates" });
        var database = world.Postgres.Database;
        var board = new FindingBoard(new SuggestionStore(database));
        var watcher = new Watcher(new ServiceMinuteReads(database), world.Investigator, board, new WatchOptions());
        var start = new DateTimeOffset(2026, 11, 22, 7, 53, 10, TimeSpan.Zero);
        for (var minute = 0; minute < 29; minute++)
            await watcher.LookAsync(start.AddMinutes(minute), default);

        var opened = (await board.LatestAsync(100, default)).ToList();
        using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "truth.json")));
        var missed = new List<string>();
        var expected = new HashSet<string>();
        foreach (var fault in truth.RootElement.GetProperty("faults").EnumerateArray().Where(f => f.GetProperty("cause").ValueKind != JsonValueKind.Null))
        {
            var cause = fault.GetProperty("cause").GetProperty("service").GetString()!;
            var (from, to) = (WorldDatabase.Time(fault.GetProperty("from")), WorldDatabase.Time(fault.GetProperty("to")));
            var found = opened.Find(s => s.Cause == cause && s.OpenedAt > from && s.OpenedAt <= to.AddMinutes(2));
            output.WriteLine($"{fault.GetProperty("id")} {cause}: {(found is null ? "missed" : $"after {(found.OpenedAt - from).TotalSeconds + 10:0} s")}");
            if (found is null)
                missed.Add(cause);
            else
                expected.Add(found.Id);
        }

        var wrong = opened.Where(s => !expected.Contains(s.Id)).ToList();
        foreach (var suggestion in wrong)
            output.WriteLine($"false: {suggestion.OpenedAt:HH:mm} {suggestion.Cause}: {suggestion.Summary}");
        output.WriteLine($"{opened.Count} suggestions, {wrong.Count} false in 29 minutes, {missed.Count} faults missed");
        Assert.True(missed.Count <= 1, string.Join(", ", missed));
        Assert.True(wrong.Count <= 1, string.Join(", ", wrong.Select(w => w.Cause)));
        Assert.Empty(await board.OpenAsync(default));
        Assert.All(opened, finding => Assert.NotEmpty(finding.Answer!.Causes));
    }

    /// <summary>
    /// The labelled faults as a live stream, minute by minute around each. Their systems send no status, a fault comes every eight
    /// minutes, and hardly a minute before it is recorded: much less than the watch's usual past.
    /// </summary>
    [SharedFact("worlds/nezha")]
    public async Task Labelled_faults_of_two_real_systems_are_suggested()
    {
        var folder = SharedFolder.Get("worlds/nezha");
        await using var world = await WorldDatabase.ImportAsync(folder, new Dictionary<string, string>());
        var database = world.Postgres.Database;
        var board = new FindingBoard(new SuggestionStore(database));
        var watcher = new Watcher(new ServiceMinuteReads(database), world.Investigator, board, new WatchOptions());
        using var cases = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "cases.json")));
        var faults = cases.RootElement.EnumerateArray().Select(c => (
            Id: c.GetProperty("id").GetString()!,
            Cause: c.GetProperty("label").GetProperty("root_cause_service").GetString()!,
            From: WorldDatabase.Time(c.GetProperty("window").GetProperty("start")),
            To: WorldDatabase.Time(c.GetProperty("window").GetProperty("end")))).OrderBy(c => c.From).ToList();
        var looks = 0;
        var last = DateTimeOffset.MinValue;
        foreach (var fault in faults)
        {
            // Ten seconds after each whole minute, as the watch does.
            var at = new DateTimeOffset(fault.From.Year, fault.From.Month, fault.From.Day, fault.From.Hour, fault.From.Minute, 10, TimeSpan.Zero);
            for (; at < fault.To.AddMinutes(4); at = at.AddMinutes(1))
            {
                if (at <= last)
                    continue;
                await watcher.LookAsync(at, default);
                (last, looks) = (at, looks + 1);
            }
        }

        var opened = await board.LatestAsync(1000, default);
        var right = new HashSet<string>();
        var times = new List<double>();
        foreach (var fault in faults)
        {
            var found = opened.Where(f => f.OpenedAt > fault.From && f.OpenedAt <= fault.To.AddMinutes(2)).ToList();
            var hit = found.Find(f => f.Cause == fault.Cause);
            right.UnionWith(found.Where(f => f.Cause == fault.Cause).Select(f => f.Id));
            if (hit is not null)
                times.Add((hit.OpenedAt - fault.From).TotalSeconds + 10);
            output.WriteLine($"{fault.Id} {fault.Cause}: {(hit is null ? "missed" : $"after {times[^1]:0} s")}; {string.Join(", ", found.Where(f => f.Cause != fault.Cause).Select(f => "also " + f.Cause))}");
        }

        times.Sort();
        var wrong = opened.Count(f => !right.Contains(f.Id));
        output.WriteLine(FormattableString.Invariant($"{times.Count} of {faults.Count} faults suggested, median after {(times.Count > 0 ? times[times.Count / 2] : 0):0} s; {wrong} other suggestions in {looks} minutes"));
        Assert.True(times.Count >= faults.Count / 2, $"{times.Count} of {faults.Count}");
    }
}
