using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Models.Audit;

namespace Copilot.Models.Tools;

/// <summary>What follows from a result by arithmetic alone, reckoned here so that a model need not: differences, ratios, sums, shares,
/// rates, and where a course is highest and lowest.</summary>
internal static class DerivedFigures
{
    private static readonly HashSet<string> Summed = ["request_count", "span_count", "log_count", "failed_count", "success_count", "count"];

    /// <returns>Null where nothing follows.</returns>
    public static JsonArray? Of(AnswerResult result, Period? window)
    {
        List<JsonNode> figures = result switch
        {
            ComparisonResult two => [.. Compared(two)],
            ScalarResult { Unit: "count", Name: not "distinct_count" } one when window is { } over => [.. Rates(one.Name, one.Value, over)],
            SeriesResult { Points.Count: > 0 } course => [.. Course(course)],
            TableResult { Rows.Count: > 1 } table when table.Rows.Count == table.Total => [.. Sums(table)],
            _ => [],
        };
        return figures.Count == 0 ? null : new JsonArray([.. figures]);
    }

    /// <summary>The share that each row has of the sum of a column of counts; null where rows are missing.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<double?> Shares)> Shares(TableResult table) =>
        table.Rows.Count < 2 || table.Rows.Count < table.Total
            ? []
            :
            [
                .. Counts(table)
                    .Where(column => column.Sum > 0)
                    .Select(column =>
                        (
                            $"share of {column.Name}",
                            (IReadOnlyList<double?>)
                                [
                                    .. table.Rows.Select(row =>
                                        TableColumn.Number(row[column.Place]) is { } n ? Rounded(n / column.Sum) : (double?)null
                                    ),
                                ]
                        )
                    ),
            ];

    private static IEnumerable<JsonNode> Compared(ComparisonResult two)
    {
        yield return Figure("difference", two.After - two.Before, two.Unit);
        if (two.Before == 0)
            yield break;
        yield return Figure("ratio", two.After / two.Before, "times");
        yield return Figure("change", (two.After / two.Before) - 1, "1");
    }

    private static IEnumerable<JsonNode> Rates(string name, double value, Period window)
    {
        var seconds = (window.To - window.From).TotalSeconds;
        if (seconds <= 0)
            yield break;
        yield return Figure($"{name} per second", value / seconds, "1/s");
        yield return Figure($"{name} per minute", value / seconds * 60, "1/min");
    }

    private static IEnumerable<JsonNode> Course(SeriesResult course)
    {
        var highest = course.Points.MaxBy(point => point.Value)!;
        var lowest = course.Points.MinBy(point => point.Value)!;
        yield return At("highest", highest, course.Unit);
        yield return At("lowest", lowest, course.Unit);
        yield return At("first", course.Points[0], course.Unit);
        yield return At("last", course.Points[^1], course.Unit);
        if (course.Points.Count > 1)
            yield return Figure("step", (course.Points[1].Time - course.Points[0].Time).TotalMilliseconds, "ms");
        if (course.Unit == "count")
            yield return Figure("sum", course.Points.Sum(point => point.Value), "count");
    }

    private static IEnumerable<JsonNode> Sums(TableResult table) =>
        Counts(table).Select(column => (JsonNode)Figure($"sum of {column.Name}", column.Sum, "count"));

    // What is counted distinct may stand in several groups: it has no sum.
    private static IEnumerable<(string Name, int Place, double Sum)> Counts(TableResult table) =>
        table
            .Columns.Select((column, place) => (column, place))
            .Where(column => Summed.Contains(column.column.Name))
            .Select(column => (column.column.Name, column.place, table.Rows.Sum(row => TableColumn.Number(row[column.place]) ?? 0)));

    private static JsonObject Figure(string name, double value, string unit) =>
        new()
        {
            ["name"] = KnownText.Leaf(name, KnownAs.Word),
            ["value"] = Rounded(value),
            ["unit"] = KnownText.Leaf(unit, KnownAs.Word),
        };

    private static JsonObject At(string name, SeriesPoint point, string unit)
    {
        var figure = Figure(name, point.Value, unit);
        figure["at"] = KnownText.Time(point.Time);
        return figure;
    }

    private static double Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 6) : 0;
}
