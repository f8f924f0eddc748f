using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.TraceQL;
using Copilot.TraceQL.Checking;

namespace Copilot.Cli.Querying;

/// <summary>Asks a running copilot over its Tempo interface.</summary>
internal sealed class QueryClient(Uri url, TextWriter output, TextWriter errors) : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly HttpClient _http = CopilotHttp.Client(url, TimeSpan.FromMinutes(2));

    public void Dispose() => _http.Dispose();

    public async Task<int> ExplainAsync(string query, (long From, long To) window, CancellationToken cancellationToken)
    {
        if (await GetAsync("api/v1/traceql/explain", query, window, "", cancellationToken) is not { } plan)
            return 1;
        foreach (var step in plan["steps"]!.AsArray())
            await output.WriteLineAsync("- " + step);
        await output.WriteLineAsync(
            FormattableString.Invariant(
                $"About {(long)plan["estimatedSpans"]!:N0} spans are looked at; the budget is {(long)plan["budget"]!:N0}."
            )
        );
        if ((string?)plan["refusal"] is { } refusal)
            await output.WriteLineAsync(refusal);
        return 0;
    }

    public async Task<int> RunAsync(string query, (long From, long To) window, int limit, bool json, CancellationToken cancellationToken)
    {
        if (!TraceQlParser.TryParse(query, out var parsed, out var error))
        {
            var advised = QueryAdvisor.WithAdvice(error, query);
            await errors.WriteLineAsync(advised.ToString());
            if (advised.Fix is not null)
                await errors.WriteLineAsync($"Did you mean: {advised.Fix}");
            return 1;
        }

        var path = parsed.Metrics is null ? "tempo/api/search" : "tempo/api/metrics/query_range";
        if (
            await GetAsync(path, query, window, string.Create(CultureInfo.InvariantCulture, $"&limit={limit}"), cancellationToken)
            is not { } answer
        )
            return 1;
        if (json)
            await output.WriteLineAsync(answer.ToJsonString(Indented));
        else if (parsed.Metrics is null)
            await WriteTracesAsync(answer["traces"]!.AsArray());
        else
            await WriteSeriesAsync(answer["series"]!.AsArray());
        return 0;
    }

    public async Task<int> TranslateAsync(string english, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            () => _http.PostAsJsonAsync(new Uri("api/v1/traceql/translate", UriKind.Relative), new { words = english }, cancellationToken),
            cancellationToken
        );
        return answer is null
            ? 1
            : await EnglishLines.PrintAsync(
                (double)answer["score"]! > 0 ? (string?)answer["query"] : null,
                answer["unread"]!.AsArray().Select(word => (string)word!),
                output,
                errors
            );
    }

    private async Task WriteTracesAsync(JsonArray traces)
    {
        foreach (var trace in traces.OfType<JsonObject>())
        {
            var start = DateTimeOffset.UnixEpoch.AddTicks(
                long.Parse((string)trace["startTimeUnixNano"]!, CultureInfo.InvariantCulture) / 100
            );
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{trace["traceID"]}  {start:yyyy-MM-dd HH:mm:ss.fff}  {trace["durationMs"], 8} ms  "
                        + $"{trace["rootServiceName"]}: {trace["rootTraceName"]}"
                )
            );
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{traces.Count} traces"));
    }

    private async Task WriteSeriesAsync(JsonArray series)
    {
        foreach (var one in series.OfType<JsonObject>())
        {
            var samples = one["samples"]!.AsArray().OfType<JsonObject>().Select(s => s["value"]).OfType<JsonNode>().Select(v => (double)v);
            var labels = one["labels"]!
                .AsArray()
                .OfType<JsonObject>()
                .Select(l => $"{l["key"]} = {l["value"]!.AsObject().Select(v => v.Value?.ToJsonString()).FirstOrDefault()}");
            await output.WriteLineAsync(
                $"{{{string.Join(", ", labels)}}}  {string.Join(' ', samples.Select(v => v.ToString("G6", CultureInfo.InvariantCulture)))}"
            );
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{series.Count} series"));
    }

    private async Task<JsonObject?> GetAsync(
        string path,
        string query,
        (long From, long To) window,
        string more,
        CancellationToken cancellationToken
    )
    {
        var address = string.Create(
            CultureInfo.InvariantCulture,
            $"{path}?q={Uri.EscapeDataString(query)}&start={window.From}&end={window.To}{more}"
        );
        return await SendAsync(() => _http.GetAsync(new Uri(address, UriKind.Relative), cancellationToken), cancellationToken);
    }

    private async Task<JsonObject?> SendAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await send();
            var text = await reply.Content.ReadAsStringAsync(cancellationToken);
            if (reply.StatusCode == HttpStatusCode.OK)
            {
                foreach (var warning in reply.Headers.Warning)
                    await errors.WriteLineAsync("Note: " + warning.Text.Trim('"'));
                return JsonNode.Parse(text)!.AsObject();
            }

            await errors.WriteLineAsync($"{(int)reply.StatusCode}: {text}");
        }
        catch (HttpRequestException failure)
        {
            await errors.WriteLineAsync(
                $"No copilot answers at {url}: {failure.Message} Start it with deploy/run.sh, or name its address with --url."
            );
        }
        catch (JsonException)
        {
            await errors.WriteLineAsync($"What answers at {url} is no copilot.");
        }

        return null;
    }
}
