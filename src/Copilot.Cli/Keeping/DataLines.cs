using System.Globalization;
using System.Text.Json.Nodes;
using Copilot.Telemetry.Text;

namespace Copilot.Cli.Keeping;

/// <summary>Estimates, previews and deletions as lines.</summary>
internal static class DataLines
{
    public static async Task<int> EstimateAsync(JsonNode answer, TextWriter output)
    {
        var (measures, estimate, settings) = (answer["measures"]!, answer["estimate"]!, answer["settings"]!);
        var total = (double)estimate["totalBytes"]!;
        await output.WriteLineAsync(
            $"At {Quantity.Text((double)estimate["spansPerSecond"]!, "")} spans a second the store takes {Quantity.Bytes(total)} once "
                + "as much goes as comes."
        );
        await output.WriteLineAsync($"  all spans       {Bytes(estimate["hotBytes"]), 10}  for {Long(settings["hotWindow"])}");
        await output.WriteLineAsync(
            $"  kept of older   {Bytes(estimate["keptBytes"]), 10}  for {Long(settings["keepFor"])}, "
                + $"{Quantity.Percent((double)measures["keptShare"]!)} of them"
        );
        await output.WriteLineAsync($"  log records     {Bytes(estimate["logBytes"]), 10}  for {Long(settings["keepFor"])}");
        await output.WriteLineAsync($"  metric points   {Bytes(estimate["pointBytes"]), 10}  for {Long(settings["keepFor"])}");
        await output.WriteLineAsync($"  figures         {Bytes(estimate["figureBytes"]), 10}  for {Long(settings["keepMinutesFor"])}");
        await output.WriteLineAsync(
            $"Now it takes {Bytes(answer["storeBytes"])}{(answer["freeBytes"] is { } free ? $"; {Bytes(free)} are free" : "")}."
        );
        await output.WriteLineAsync(
            (bool)measures["measured"]!
                ? $"Measured here: {Quantity.Text((double)measures["bytesPerSpan"]!, "")} B a span."
                : "Too little came yet to measure it here: what a span takes is that of other systems."
        );
        return 0;
    }

    /// <returns>False where there is nothing to delete.</returns>
    public static async Task<bool> PreviewAsync(JsonNode preview, TextWriter output)
    {
        var counted = (long)preview["counted"]!;
        if (counted == 0 && (long)preview["logs"]! == 0 && (long)preview["points"]! == 0)
        {
            await output.WriteLineAsync("Nothing is stored of that.");
            return false;
        }

        await output.WriteLineAsync($"Would go: {Taken(preview)}, of {Quantity.Count((long)preview["traces"]!, "trace", "traces")}.");
        if (counted > (long)preview["spans"]!)
            await output.WriteLineAsync($"  The figures of {Quantity.Count(counted)} spans go, of which some are only counted.");
        foreach (var share in preview["services"]!.AsArray())
            await output.WriteLineAsync(
                $"  {share!["service"]}: {Quantity.Count((long)share["spans"]!, "span", "spans")}, "
                    + Quantity.Count((long)share["logs"]!, "log record", "log records")
            );
        foreach (var note in preview["notes"]!.AsArray())
            await output.WriteLineAsync((string)note!);
        return true;
    }

    public static async Task<int> DeletionsAsync(JsonNode answer, TextWriter output)
    {
        var items = answer["items"]!.AsArray();
        foreach (var item in items)
        {
            var scope = item!["scope"]!;
            var what = string.Join(
                ' ',
                ((string[])["service", "attribute", "from", "to"])
                    .Where(name => scope[name] is not null)
                    .Select(name => $"{name} {scope[name]}")
            );
            var state =
                item["doneAt"] is { } done ? $"done {done}"
                : item["problem"] is { } problem ? $"tried again: {problem}"
                : "going on";
            await output.WriteLineAsync($"{item["id"]}  {item["askedAt"]}  {item["askedBy"]}  {what}  {Taken(item)}  {state}");
        }

        await output.WriteLineAsync(Quantity.Count(items.Count, "deletion", "deletions"));
        return 0;
    }

    /// <summary>As the HTTP interface takes it.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Taken(JsonNode of) =>
        $"{Quantity.Count((long)of["spans"]!, "span", "spans")}, {Quantity.Count((long)of["logs"]!, "log record", "log records")}, "
        + Quantity.Count((long)of["points"]!, "metric point", "metric points");

    private static string Bytes(JsonNode? bytes) => Quantity.Bytes(bytes!.GetValue<double>());

    private static string Long(JsonNode? time)
    {
        var span = TimeSpan.Parse((string)time!, CultureInfo.InvariantCulture);
        return span.TotalDays >= 1 ? $"{Quantity.Text(span.TotalDays, "")} days" : Quantity.Duration(span.TotalMilliseconds);
    }
}
