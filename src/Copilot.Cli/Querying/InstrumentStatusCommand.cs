using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Copilot.Cli.Querying;

/// <summary><c>copilot instrument status</c>: who takes part in tracing, by what a running copilot received.</summary>
internal static class InstrumentStatusCommand
{
    private const int MostShown = 15;

    public static Command Create()
    {
        var url = CopilotUrl.Option();
        var json = new Option<bool>("--json") { Description = "Prints the whole ledger as JSON." };
        var command = new Command(
            "status",
            "Says who takes part in tracing, by the spans that a running copilot received. Exit code 0: every own service does; "
                + "2: there are gaps, or nothing is known; 1: no copilot answers."
        )
        {
            url,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var http = CopilotHttp.Client(parsed.GetValue(url)!, TimeSpan.FromMinutes(1));
                return await RunAsync(http, parsed.GetValue(json), Console.Out, Console.Error, cancellationToken);
            }
        );
        return command;
    }

    internal static async Task<int> RunAsync(
        HttpClient http,
        bool asJson,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var text = await http.GetStringAsync(new Uri("api/v1/instrumentation", UriKind.Relative), cancellationToken);
            if (JsonNode.Parse(text) is not JsonObject ledger || ledger["workloads"] is not JsonArray workloads)
                throw new System.Text.Json.JsonException();
            var gaps = workloads.Where(IsGap).ToArray();
            if (asJson)
                await output.WriteLineAsync(ledger.ToJsonString(new() { WriteIndented = true }));
            else
                await WriteAsync(ledger, workloads, gaps, output);
            return gaps.Length == 0 && workloads.Count > 0 ? 0 : 2;
        }
        catch (Exception failure) when (Unanswered.Says(failure, http.BaseAddress) is { } told)
        {
            await errors.WriteLineAsync(told);
            return 1;
        }
    }

    private static async Task WriteAsync(JsonObject ledger, JsonArray workloads, JsonNode?[] gaps, TextWriter output)
    {
        if (workloads.Count == 0)
        {
            await output.WriteLineAsync("No service is known yet: none sent anything, and no catalogue or scan names one.");
            return;
        }

        await output.WriteLineAsync(
            $"{ledger["sending"]} of {ledger["known"]} own services send spans, by what came from "
                + $"{Plain(ledger["from"])} to {Plain(ledger["to"])}."
        );
        if (ledger["note"] is { } note)
            await output.WriteLineAsync($"note: {Plain(note)}");
        foreach (var gap in gaps.Take(MostShown))
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync(
                $"{Plain(gap!["name"])}  {Plain(gap["state"]).Replace('_', ' ')}, {Rate(gap["lostPerMinute"])} requests/min lost"
            );
            await output.WriteLineAsync($"  {Plain(gap["reason"])}");
            if (gap["fix"] is { } fix)
                await output.WriteLineAsync($"  {Plain(fix)}");
        }

        if (gaps.Length > MostShown)
            await output.WriteLineAsync($"\n… and {gaps.Length - MostShown} more; --json prints all.");
        foreach (var broken in ledger["breaks"] as JsonArray ?? [])
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync(
                $"context lost  {Plain(broken!["caller"])} → {Plain(broken["callee"])}  {Plain(broken["operation"])}"
            );
            await output.WriteLineAsync($"  {Plain(broken["why"])}");
            await output.WriteLineAsync($"  {Plain(broken["fix"])}");
        }
    }

    private static bool IsGap(JsonNode? workload) => (string?)workload?["state"] is "sends_no_spans" or "silent" or "breaks_context";

    private static string Rate(JsonNode? number) => ((double?)number ?? 0).ToString("#,0.#", CultureInfo.InvariantCulture);

    /// <summary>What strangers wrote may not drive the terminal.</summary>
    private static string Plain(JsonNode? node) => new([.. (node?.ToString() ?? "").Where(letter => !char.IsControl(letter))]);
}
