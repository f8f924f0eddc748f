using System.Text.Json;
using Copilot.Diagnosis.Tests.Watch.Streams;
using Copilot.Diagnosis.Tests.Windows;
using Copilot.Telemetry.Records;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Diagnosis.Tests.Watch;

/// <summary>The recorded worlds as live streams.</summary>
[Trait("needs", "postgres")]
public sealed class ReplayTests(ITestOutputHelper output)
{
    [RequiresFact("shared/worlds/harbor")]
    public async Task Faults_are_suggested_while_they_last_and_closed_after()
    {
        var folder = Material.Get("shared/worlds/harbor");
        await using var world = await WorldDatabase.ImportAsync(
            folder,
            new Dictionary<string, string> { ["rates.carrierhub.example"] = "carrier-rates" }
        );
        var replay = new Replay(world);
        var start = new DateTimeOffset(2026, 11, 22, 7, 53, 0, TimeSpan.Zero);
        for (var minute = 0; minute < 32; minute++)
            await replay.LookAsync(start.AddMinutes(minute));

        using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "truth.json")));
        var (missed, others) = replay.Report(
            [
                .. truth
                    .RootElement.GetProperty("faults")
                    .EnumerateArray()
                    .Where(f => f.GetProperty("cause").ValueKind != JsonValueKind.Null)
                    .Select(f => new LabelledFault(
                        f.GetProperty("id").GetString()!,
                        f.GetProperty("cause").GetProperty("service").GetString()!,
                        WorldDatabase.Time(f.GetProperty("from")),
                        WorldDatabase.Time(f.GetProperty("to"))
                    )),
            ],
            output
        );
        Assert.Equal((0, 0), (missed, others));
        Assert.Empty(await replay.Board.OpenAsync(default));
        Assert.All(await replay.Board.LatestAsync(100, default), investigation => Assert.NotEmpty(investigation.Answer!.Causes));
    }

    /// <summary>
    /// All that is recorded of two systems, minute by minute. They send no status, and hardly more than the minutes of the faults is
    /// recorded: much less than the watch's usual past.
    /// </summary>
    [RequiresFact("shared/worlds/nezha")]
    public async Task Labelled_faults_of_two_real_systems_are_suggested()
    {
        var folder = Material.Get("shared/worlds/nezha");
        await using var world = await WorldDatabase.ImportAsync(folder, new Dictionary<string, string>());
        var replay = new Replay(world);
        foreach (var minute in await MinutesAsync(world))
            await replay.LookAsync(minute);

        using var cases = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "cases.json")));
        var (missed, others) = replay.Report([.. cases.RootElement.EnumerateArray().Select(Fault).OrderBy(f => f.From)], output);
        Assert.True(missed <= 1 && others <= 2, $"{missed} missed, {others} others");
    }

    private static LabelledFault Fault(JsonElement labelled)
    {
        var (window, label) = (labelled.GetProperty("window"), labelled.GetProperty("label"));
        var from = WorldDatabase.Time(window.GetProperty("start"));
        return new LabelledFault(
            labelled.GetProperty("id").GetString()!,
            label.GetProperty("root_cause_service").GetString()!,
            from,
            from.AddSeconds(window.GetProperty("nominal_fault_seconds").GetInt32())
        );
    }

    /// <summary>The ends of all recorded minutes, and of some more, so that what is over can be closed.</summary>
    private static async Task<IEnumerable<DateTimeOffset>> MinutesAsync(WorldDatabase world)
    {
        var minutes = new SortedSet<long>();
        await using var command = world.Postgres.Database.DataSource.CreateCommand(
            "select minute_ns from span_rollup_deltas union select minute_ns from span_rollup_minutes"
        );
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            minutes.UnionWith(Enumerable.Range(1, 5).Select(after => reader.GetInt64(0) + (after * UnixNanos.PerMinute)));
        return minutes.Select(UnixNanos.ToTime);
    }
}
