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
}
