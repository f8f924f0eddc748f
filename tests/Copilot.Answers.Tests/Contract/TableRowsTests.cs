using System.Text.Json;
using Copilot.Answers.Contract;
using Xunit;

namespace Copilot.Answers.Tests.Contract;

/// <summary>Cells of tables may be anything that an engine counted; what comes back from JSON is what went in.</summary>
public sealed class TableRowsTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Cells_come_back_as_the_texts_and_numbers_that_they_were()
    {
        IReadOnlyList<object?> cells = ["EU", "5", "", 5L, long.MaxValue, 5.0, 0.1, -2.5e-9, 1e300, null];

        Assert.Equal(cells, Returned(cells));
    }

    [Fact]
    public void Other_numbers_and_times_come_back_as_what_JSON_has_for_them()
    {
        var time = new DateTimeOffset(2026, 3, 4, 23, 58, 0, TimeSpan.Zero);

        Assert.Equal([7L, 2.5, 0.5, "2026-03-04T23:58:00+00:00", "true"], Returned([7, 2.5m, 0.5f, time, true]));
    }

    [Fact]
    public void What_is_no_number_is_no_cell() => Assert.Equal([null, null], Returned([double.NaN, double.PositiveInfinity]));

    [Theory]
    [InlineData("7")]
    [InlineData("[7]")]
    [InlineData("""[[{"a":1}]]""")]
    [InlineData("[[[1]]]")]
    public void Rows_that_are_no_list_of_lists_are_refused(string rows) =>
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<AnswerResult>($$"""{"kind":"table","columns":[],"rows":{{rows}},"total":0}""", Json)
        );

    [Theory]
    [InlineData("requests", 5.0, false)]
    [InlineData("p95", 5.0, true)]
    [InlineData("p95", 5.1, false)]
    public void A_number_that_the_only_row_has_is_not_shown_again(string name, double value, bool skipped)
    {
        var scalar = new ScalarResult(name, value, "ms");
        var table = Table(["checkout", 5L]);

        Assert.Equal(skipped ? [table] : [table, scalar], Answer(table, scalar).Shown);
    }

    [Fact]
    public void A_number_that_one_of_several_rows_has_is_shown()
    {
        var scalar = new ScalarResult("p95", 5, "ms");
        var table = Table(["checkout", 5L], ["payment", 6L]);

        Assert.Equal([table, scalar], Answer(table, scalar).Shown);
    }

    [Theory]
    [InlineData(1234L, "count", "1,234")]
    [InlineData(0.125, "1", "12.5 %")]
    [InlineData(500L, null, "500")]
    [InlineData("EU", null, "EU")]
    [InlineData(null, "ms", "–")]
    public void A_cell_is_told_in_the_unit_of_its_column(object? cell, string? unit, string text) =>
        Assert.Equal(text, new TableColumn("x", unit).Text(cell));

    private static IReadOnlyList<object?> Returned(IReadOnlyList<object?> cells)
    {
        var table = new TableResult([.. cells.Select((_, n) => new TableColumn($"c{n}"))], [cells], 1);
        var returned = JsonSerializer.Deserialize<AnswerResult>(JsonSerializer.Serialize<AnswerResult>(table, Json), Json);
        return Assert.IsType<TableResult>(returned).Rows[0];
    }

    private static TableResult Table(params IReadOnlyList<object?>[] rows) =>
        new([new TableColumn("service"), new TableColumn("p95", "ms")], rows, rows.Length);

    private static Answer Answer(AnswerResult result, params AnswerResult[] more) =>
        new()
        {
            ConversationId = "c_1",
            Outcome = Outcome.Answered,
            Text = "text",
            Understood = new Understood { Intent = "query" },
            Result = result,
            More = more,
            Coverage = new Coverage(true, null, ""),
        };
}
