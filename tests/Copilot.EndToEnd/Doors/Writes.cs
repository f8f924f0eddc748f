using System.Globalization;

namespace Copilot.EndToEnd.Doors;

/// <summary>For each write of the app a body that it would act on, were it let through. A new write needs a row here.</summary>
internal static class Writes
{
    private const string Form = "command=%2Fcopilot&text=which+services%3F&user_id=U1";

    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["/v1/traces"] = Otlp(),
        ["/v1/logs"] = """{"resourceLogs":[]}""",
        ["/v1/metrics"] = """{"resourceMetrics":[]}""",
        ["/api/v2/spans"] = "[]",
        ["/api/traces"] = """{"data":[]}""",
        ["/api/v1/changes"] = $$"""{"time":"{{Now()}}","service":"of-another-site","kind":"deploy","version":"1"}""",
        ["/api/v1/import/complete"] = "{}",
        ["/api/v1/catalog"] = """{"path":"catalog/of-another-site.yaml","content":"kind: Component\nmetadata: {name: taken}"}""",
        ["/api/v1/causes"] = $$"""{"from":"{{Now(-1)}}","to":"{{Now()}}"}""",
        ["/api/v1/proposals"] = $$"""{"from":"{{Now(-1)}}","to":"{{Now()}}"}""",
        ["/api/v1/alerts/{source}"] =
            $$"""{"alerts":[{"status":"firing","labels":{"alertname":"a","service":"b"},"startsAt":"{{Now()}}"}]}""",
        ["/api/v1/ask"] = """{"question":"asked by another site"}""",
        ["/api/v1/ask/stream"] = """{"question":"asked by another site in parts"}""",
        ["/api/v1/conversations/{id}/rerun"] = "{}",
        ["/api/v1/conversations/{id}/turns/{turn:int}/feedback"] = """{"verdict":"right"}""",
        ["/api/v1/traceql/translate"] = """{"words":"failed spans"}""",
        ["/api/v1/incidents/"] = """{"proposalId":"p_1","digest":"d"}""",
        ["/api/v1/incidents/{id}/resolve"] = "",
        ["/api/v1/incidents/{id}/reopen"] = "",
        ["/api/v1/incidents/{id}/notes"] = """{"text":"of another site"}""",
        ["/api/v1/incidents/{id}/ticks/{step:int}"] = "",
        ["/api/v1/data/deletions/preview"] = """{"service":"of-another-site"}""",
        ["/api/v1/data/deletions/"] = """{"service":"of-another-site","to":"2026-01-01T00:00:00Z","digest":"x"}""",
        ["/api/v1/keys/"] = """{"name":"of another site","scopes":["admin"]}""",
        ["/api/v1/keys/{id}/rotate"] = "{}",
        ["/api/v1/keys/{id}"] = "",
        ["/api/v1/instrumentation/workloads"] = """{"workloads":[{"name":"of-another-site"}]}""",
        ["/api/v1/instrumentation/steps"] = """{"by":"another site","what":"took over"}""",
        ["/mcp/"] = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
        ["/slack/commands"] = Form,
        ["/slack/events"] = """{"type":"url_verification","challenge":"c"}""",
        ["/slack/interactivity"] = "payload=%7B%7D",
    };

    public static string BodyOf(Route route) =>
        Bodies.TryGetValue(route.Template, out var body)
            ? body
            : throw new InvalidOperationException($"'{route}' has no row among the writes: say what it would act on.");

    /// <summary>All that the writes could have changed, as the app tells it.</summary>
    public static async Task<string> SnapshotAsync(HttpClient http)
    {
        var parts = new List<string>();
        string[] paths =
        [
            "conversations",
            "catalog",
            "changes",
            "incidents",
            "feedback",
            "investigations",
            "audit",
            "keys",
            "data/deletions",
            "instrumentation/workloads",
            "instrumentation/steps",
        ];
        foreach (var path in paths)
            parts.Add(path + ": " + await http.GetStringAsync(new Uri("/api/v1/" + path, UriKind.Relative)));
        return string.Join('\n', parts);
    }

    private static string Now(double hours = 0) =>
        DateTimeOffset.UtcNow.AddHours(hours).ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Otlp()
    {
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"of-another-site"}}]},
            "scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00000000000000a1","name":"x","kind":2,
            "startTimeUnixNano":"{{{start}}}000000","endTimeUnixNano":"{{{start + 1}}}000000"}]}]}]}
            """
        );
    }
}
