using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Telemetry.Spans;

namespace Copilot.Cli.Querying;

/// <summary><c>copilot doctor</c>: what a running copilot has received, and what senders did wrong.</summary>
internal static class DoctorCommand
{
    private static readonly string[] Signals = ["traces", "logs", "metrics"];

    /// <summary>As the alert CopilotUpkeepLags has it: a large import is behind for minutes.</summary>
    private const int MostPendingMinutes = 60;

    /// <inheritdoc cref="MostPendingMinutes"/>
    private const int MostHoursDue = 3;

    public static Command Create()
    {
        var url = CopilotUrl.Option();
        var command = new Command(
            "doctor",
            "Says what a running copilot has received and what senders did wrong. Exit code 0: telemetry arrives; 2: none does, "
                + "or something is wrong; 1: no copilot answers."
        )
        {
            url,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var http = CopilotHttp.Client(parsed.GetValue(url)!, TimeSpan.FromSeconds(30));
                return await RunAsync(http, TimeProvider.System, Console.Out, Console.Error, cancellationToken);
            }
        );
        return command;
    }

    internal static async Task<int> RunAsync(
        HttpClient http,
        TimeProvider time,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var text = await http.GetStringAsync(new Uri("api/v1/status", UriKind.Relative), cancellationToken);
            if (JsonNode.Parse(text) is not JsonObject status || status["signals"] is not JsonObject signals)
                throw new JsonException();
            var problems = Problems(status).ToList();
            await output.WriteLineAsync(
                $"copilot    {status["version"] ?? "of unknown version"} answers at {http.BaseAddress}, since {status["since"]}"
            );
            foreach (var signal in Signals)
                await output.WriteLineAsync($"{signal, -10} {Received(signals[signal])}");
            await output.WriteLineAsync($"last       {Last(status["lastReceived"], time)}");
            if (status["lastTrouble"] is { } trouble)
                await output.WriteLineAsync($"trouble    {trouble["time"]}: {trouble["what"]}");
            foreach (var problem in problems)
                await output.WriteLineAsync($"wrong      {problem}");
            if (status["lastReceived"] is null && problems.Count == 0)
                await output.WriteLineAsync(
                    "advice     No sender has reached it: docs/nothing-arrives.md says how to find out why. From the sender's machine, "
                        + "curl -i http://ADDRESS:4318/v1/traces -H 'content-type: application/json' -d '{}' should answer 200."
                );
            if (status["version"]?.GetValue<string>() is { } version && version != OwnService.Version)
                await output.WriteLineAsync(
                    $"advice     This command is of version {OwnService.Version}: install that of {version} for what is new or gone."
                );
            if (status["lastReceived"] is not null && Count(signals["logs"]) == 0)
                await output.WriteLineAsync(
                    "advice     No logs came: set OTEL_LOGS_EXPORTER=otlp where the language has it off by default."
                );
            return problems.Count > 0 || status["lastReceived"] is null ? 2 : 0;
        }
        catch (HttpRequestException failure) when (failure.StatusCode is HttpStatusCode.NotFound)
        {
            await errors.WriteLineAsync(
                $"{http.BaseAddress} is a port of telemetry: name the browser's with --url (5080, or that of --port)."
            );
            return 1;
        }
        catch (Exception failure) when (Unanswered.Says(failure, http.BaseAddress) is { } told)
        {
            await errors.WriteLineAsync(told);
            return 1;
        }
    }

    private static IEnumerable<string> Problems(JsonObject status)
    {
        foreach (var mistake in status["mistakes"] as JsonArray ?? [])
            yield return $"{mistake!["what"]} ({mistake["count"]} times, last {mistake["lastSeen"]})";
        foreach (var (code, count) in status["refused"] as JsonObject ?? [])
            yield return $"{count} requests were refused with {code}; the app's log says why.";
        if (status["storeReachable"]?.GetValue<bool>() == false)
            yield return $"The store cannot be reached: {status["storeProblem"]}";
        if (status["store"]?["freeBytes"] is { } free && free.GetValue<long>() < 1L << 30)
            yield return "Less than 1 GiB is free where the data lie.";
        if (status["store"]?["pendingMinutes"] is { } pending && pending.GetValue<long>() > MostPendingMinutes)
            yield return $"Calls and attributes of {pending} minutes are still to be counted (docs/runbooks.md, CopilotUpkeepLags).";
        if (status["store"]?["distillation"]?["due"] is { } due && due.GetValue<int>() > MostHoursDue)
            yield return $"{due} hours past the hot window wait to be thinned out (docs/runbooks.md, CopilotUpkeepLags).";
        if (status["keptShare"]?.GetValue<double>() < 1)
            yield return "More comes than the store can keep: ordinary traces are only counted (docs/sampling.md).";
    }

    private static string Received(JsonNode? signal) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(signal):#,0} received, {signal?["perSecond"]?.GetValue<double>() ?? 0:0.#} a second in the last minute, "
                + $"{signal?["rejected"]?.GetValue<long>() ?? 0:#,0} rejected"
        );

    private static long Count(JsonNode? signal) => signal?["received"]?.GetValue<long>() ?? 0;

    private static string Last(JsonNode? at, TimeProvider time) =>
        at is null
            ? "nothing since it started"
            : $"{Math.Max(0, (long)(time.GetUtcNow() - at.GetValue<DateTimeOffset>()).TotalSeconds)} s ago ({at})";
}
