using System.Globalization;
using System.Text.Json;
using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Answers.Tests.Periods;

/// <summary>What went wrong in a recorded system, one thing after another.</summary>
[Trait("needs", "postgres")]
[Collection(RecordedShopCollection.Name)]
public sealed class RecordedSummaryTests(RecordedShop shop, ITestOutputHelper output)
{
    private static readonly TimeSpan Close = TimeSpan.FromSeconds(30);

    private const int MostBesides = 1;

    [RequiresFact("shared/worlds/harbor")]
    public async Task Every_fault_is_told_in_order_of_time_with_its_cause_and_its_team()
    {
        var folder = RecordedShop.Folder;
        var world = await shop.OpenAsync();
        using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "truth.json")));
        var faults = truth
            .RootElement.GetProperty("faults")
            .EnumerateArray()
            .Where(fault => fault.GetProperty("cause").ValueKind == JsonValueKind.Object)
            .ToList();
        var recorded = truth.RootElement.GetProperty("recorded");
        var window = new TimeWindow(
            recorded.GetProperty("from").GetDateTimeOffset().AddSeconds(-60),
            recorded.GetProperty("to").GetDateTimeOffset()
        );
        var answer = await world.AnswerAsync(
            WorldRoom.Plan(QuestionKind.Summary, window.To) with
            {
                Window = PlannedWindow.At(window, "since …"),
            }
        );
        output.WriteLine(answer.Text);
        var table = Assert.IsType<TableResult>(answer.Result);
        Assert.Equal(["from", "to", "service", "kind", "cause", "affected"], table.Columns.Select(column => column.Name));
        var rows = table.Rows.Select(row => row.Select(cell => (string?)cell).ToList()).ToList();
        output.WriteLine(string.Join('\n', rows.Select(row => string.Join(" | ", row))));
        Assert.Equal(rows.OrderBy(row => row[0], StringComparer.Ordinal), rows);
        Assert.InRange(rows.Count, faults.Count, faults.Count + MostBesides);
        Assert.All(faults, fault => Assert.Contains(rows, row => Tells(row, fault)));
        Assert.Contains("Team: payments", answer.Text, StringComparison.Ordinal);

        var quiet = WorldRoom.Plan(QuestionKind.Summary, window.To) with
        {
            Window = PlannedWindow.At(new TimeWindow(window.From, window.From.AddMinutes(4)), "until …"),
        };
        var none = await world.AnswerAsync(quiet);
        Assert.Equal((Outcome.Answered, new NoResult()), (none.Outcome, none.Result));
    }

    private static bool Tells(List<string?> row, JsonElement fault) =>
        row[4] == fault.GetProperty("cause").GetProperty("service").GetString()
        && (Time(row[0]) - fault.GetProperty("exactFrom").GetDateTimeOffset()).Duration() < Close
        && (Time(row[1]) - fault.GetProperty("exactTo").GetDateTimeOffset()).Duration() < Close;

    private static DateTimeOffset Time(string? text) => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture);
}
