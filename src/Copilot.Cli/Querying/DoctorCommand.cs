using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Copilot.Cli.Querying;

/// <summary><c>copilot doctor</c>: what a running copilot has received, and what senders did wrong.</summary>
internal static class DoctorCommand
{
    private static readonly string[] Signals = ["traces", "logs", "metrics"];

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
            await output.WriteLineAsync($"copilot    answers at {http.BaseAddress}, since {status["since"]}");
            foreach (var signal in Signals)
                await output.WriteLineAsync($"{signal, -10} {Received(signals[signal])}");
            await output.WriteLineAsync($"last       {Last(status["lastReceived"], time)}");
            foreach (var problem in problems)
                await output.WriteLineAsync($"wrong      {problem}");
            if (status["lastReceived"] is null && problems.Count == 0)
                await output.WriteLineAsync(
                    "advice     No sender has reached it: docs/nothing-arrives.md says how to find out why. From the sender's machine, "
                        + "curl -i http://ADDRESS:4318/v1/traces -H 'content-type: application/json' -d '{}' should answer 200."
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
