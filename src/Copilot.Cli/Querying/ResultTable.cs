using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Telemetry.Text;

namespace Copilot.Cli.Querying;

/// <summary>
/// A result as plain text for a terminal: what has rows as a table, the rest in a line. Results come as JSON, so that a kind that this
/// program does not know yet is shown by its members.
/// </summary>
internal static class ResultTable
{
    private const int LongestCell = 80;
    private const int MostRows = 50;

    /// <summary>Members that say what a result is rather than what is in it.</summary>
    private static readonly string[] Head = ["kind", "total"];

    /// <summary>The result's lines where its data is not told in words, and all that was asked for besides.</summary>
    public static IEnumerable<string> Lines(JsonObject answer)
    {
        var results = (answer["more"] as JsonArray ?? []).Prepend(answer["result"]).OfType<JsonObject>().ToList();
        var rows = results.Where(result => Kind(result) == "table" && result["rows"] is JsonArray { Count: 1 }).ToList();
        return results
            .Where((result, n) => n == 0 ? Kind(result) is "table" or "period" or "errors" : !rows.Exists(table => Repeats(table, result)))
            .Select(Of)
            .Where(lines => lines.Count > 0)
            .SelectMany(lines => lines.Prepend(string.Empty));
    }

    private static string Kind(JsonObject result) => Text(result["kind"]);

    private static List<string> Of(JsonObject result) =>
        Kind(result) switch
        {
            "table" => Table(result),
            "period" => Period(result),
            "errors" => Errors(result),
            "scalar" => [$"{Text(result["name"])}: {Measured(result["value"], result["unit"])}"],
            "comparison" =>
            [
                $"{Text(result["name"])}: {Measured(result["before"], result["unit"])} -> {Measured(result["after"], result["unit"])}",
            ],
            "series" => Grid(
                [new("time"), new(Text(result["name"]), result["unit"])],
                Items(result, "points").OfType<JsonArray>().Select(point => point.ToList()),
                null
            ),
            "none" => [],
            _ => Members(result),
        };

    private static List<string> Table(JsonObject result) =>
        Grid(
            [.. Items(result, "columns").OfType<JsonObject>().Select(column => new Column(Text(column["name"]), column["unit"]))],
            Items(result, "rows").OfType<JsonArray>().Select(row => row.ToList()),
            result["total"]
        );

    private static List<string> Period(JsonObject result)
    {
        var about = new[] { result["service"], result["operation"] }.Where(name => name is not null).Select(Text);
        var (from, to) = (Time(result["from"]), Time(result["to"]));
        var ongoing = result["ongoing"] is JsonValue value && value.TryGetValue<bool>(out var lasts) && lasts;
        var lines = new List<string>
        {
            string.Join(' ', about.Prepend(Text(result["name"]))),
            $"  from    {Text(result["from"])}",
            $"  to      {(ongoing ? "going on" : to is null ? "unknown" : Text(result["to"]))}",
        };
        if (!ongoing && from is { } began && to is { } ended)
            lines.Add($"  lasted  {Quantity.Duration((ended - began).TotalMilliseconds)}");
        if (result["before"] is { } before)
            lines.Add($"  before  {Measured(before, result["unit"])}");
        if (result["peak"] is { } peak)
            lines.Add($"  peak    {Measured(peak, result["unit"])}{(result["peakAt"] is { } at ? $" at {Text(at)}" : "")}");
        return lines;
    }

    private static List<string> Errors(JsonObject result) =>
        Grid(
            [new("count", "count"), new("service"), new("type"), new("message"), new("first seen"), new("last seen"), new("trace")],
            Items(result, "items")
                .OfType<JsonObject>()
                .Select(group => new List<JsonNode?>
                {
                    group["count"],
                    group["service"],
                    group["type"],
                    group["message"],
                    group["firstSeen"],
                    group["lastSeen"],
                    (group["traceIds"] as JsonArray)?.FirstOrDefault(),
                }),
            null
        );

    // Lists of other kinds: a column for each member; what has no list, a line for each.
    private static List<string> Members(JsonObject result)
    {
        if (result.FirstOrDefault(member => member.Value is JsonArray).Value is not JsonArray list)
            return [.. result.Where(member => !Head.Contains(member.Key)).Select(member => $"{Text(member.Key)}: {Text(member.Value)}")];
        var items = list.OfType<JsonObject>().ToList();
        if (items.Count == 0)
            return [.. list.Select(item => "- " + Text(item))];
        var names = items.SelectMany(item => item.Select(member => member.Key)).Distinct(StringComparer.Ordinal).ToList();
        return Grid(
            [.. names.Select(name => new Column(name, name.EndsWith("Ms", StringComparison.Ordinal) ? "ms" : null))],
            items.Select(item => names.Select(name => item[name]).ToList()),
            result["total"]
        );
    }

    private static List<string> Grid(IReadOnlyList<Column> columns, IEnumerable<IReadOnlyList<JsonNode?>> rows, JsonNode? total)
    {
        var all = rows.ToList();
        if (all.Count == 0 || columns.Count == 0)
            return [];
        var cells = all.Take(MostRows)
            .Select(row => columns.Select((column, n) => Cell(column, row.ElementAtOrDefault(n))).ToList())
            .ToList();
        var heads = columns.Select(column => Hostile.Line(column.Name, LongestCell)).ToList();
        var widths = heads.Select(
            (head, n) => cells.Max(row => row[n].Length) is var longest && longest > head.Length ? longest : head.Length
        );
        var numbers = columns.Select((column, n) => column.Unit is not null || all.TrueForAll(row => IsNumber(row.ElementAtOrDefault(n))));
        var shape = widths.Zip(numbers).ToList();
        var lines = cells.Prepend(heads).Select(Line).ToList();
        lines.Insert(1, string.Join("  ", shape.Select(column => new string('-', column.First))));
        var count = total is JsonValue value && value.TryGetValue<long>(out var counted) ? Math.Max(counted, all.Count) : all.Count;
        if (count > cells.Count)
            lines.Add($"… {Quantity.Count(count - cells.Count)} more");
        return lines;

        string Line(List<string> row) =>
            string.Join("  ", row.Zip(shape, (cell, column) => column.Second ? cell.PadLeft(column.First) : cell.PadRight(column.First)))
                .TrimEnd();
    }

    private static string Cell(Column column, JsonNode? cell) =>
        cell switch
        {
            null => "–",
            _ when column.Unit is not null && IsNumber(cell) => Measured(cell, column.Unit),
            _ => Text(cell),
        };

    private static string Measured(JsonNode? value, JsonNode? unit) =>
        IsNumber(value) ? Hostile.Line(Quantity.Text(Number(value!), Text(unit)), LongestCell) : Text(value);

    // The only row of a table has this number under this name.
    private static bool Repeats(JsonObject table, JsonObject scalar) =>
        Kind(scalar) == "scalar"
        && IsNumber(scalar["value"])
        && Items(table, "columns")
            .Zip(Items(table, "rows")[0] as JsonArray ?? [])
            .Any(pair =>
                Text(pair.First?["name"]) == Text(scalar["name"])
                && IsNumber(pair.Second)
                && Math.Abs(Number(pair.Second!) - Number(scalar["value"]!)) <= 1e-9 * Math.Abs(Number(pair.Second!))
            );

    private static JsonArray Items(JsonObject result, string name) => result[name] as JsonArray ?? [];

    private static bool IsNumber(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number;

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(JsonNode? node) =>
        DateTimeOffset.TryParse(Text(node), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Text(JsonNode? node) => Hostile.Line(node?.ToString(), LongestCell);

    private sealed record Column(string Name, JsonNode? Unit = null);
}
