using System.Text;
using System.Text.Json.Nodes;

namespace Copilot.Web.Tests.Edge;

/// <summary>What a sender might put where something sensible belongs, and the sensible bodies to put it into.</summary>
internal static class HostileValues
{
    /// <summary>As they stand in an address, percent-encoded or wrongly so.</summary>
    public static readonly string[] InAddresses =
    [
        "0",
        "1",
        "-1",
        "-9223372036854775808",
        "9223372036854775807",
        "9999999999",
        "99999999999999999999999",
        "1e308",
        "NaN",
        "0x10",
        "1767225600",
        "1767225700.5",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999-14:00",
        "1969-12-31T23:59:59Z",
        "2026-01-01T00:00:00%2B14:00",
        "2026-02-30T00:00:00Z",
        "1ns",
        "0s",
        "1h",
        "99999999h",
        "%00",
        "a%00b",
        "%ff",
        "%ed%a0%80",
        "%",
        "%zz",
        "%2500",
        "%252e%252e%252f",
        "..%2f..%2fetc%2fpasswd",
        "%F0%9F%92%A5",
        "%E2%80%AE",
        "%0d%0aX-Injected:1",
        "'%20or%201%3D1--",
        "%5C",
        "%22",
        "true",
        "http://evil.example",
        "javascript:alert(1)",
        "//x",
        "https://ok.example",
        "alertmanager",
        "grafana",
        "pagerduty",
        "nil",
        "kind",
        "status",
        ".name",
        "span.http.route",
        "resource.service.name",
        "name",
        "%7B%20%7D",
        "%7B%20%7D%20%3E%3E%20%7B%20%7D",
        "%7B%20%7D%20%7C%20rate()",
        "%7B%20name%20%3D~%20%22(.*)*%22%20%7D",
        "%7B%20name%20%3D~%20%22.%7B0,255%7D%22%20%7D",
        "%7B%20duration%20%3E%20%22",
        "%7B%20.a%20%3D%20%22%5Cu0000%22%20%7D",
        "%7B%20%7D%20%7C%20quantile_over_time(duration,%202)",
        "%7B%20%7D%20%7C%20by(name)%20%7C%20count()%20%3E%201",
        "%7B%20.a%20%2B%201%20%3D%209223372036854775807%20%7D",
        "%7B%20.a%20%2F%200%20%3D%201%20%7D",
        "a%3Db%20c%3D%22%5C",
    ];

    /// <summary>As they stand in JSON.</summary>
    public static readonly string[] InJson =
    [
        "null",
        "true",
        "0",
        "-1",
        "1e400",
        "99999999999999999999",
        "2147483648",
        "\"\"",
        "\" \"",
        "\"\\u0000\"",
        "\"a\\u0000b\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\\ud83d\\ude00\"",
        "[]",
        "{}",
        "[null]",
        "{\"\\u0000\":1}",
        "{\"\\ud800\":\"\\ud800\"}",
        "\"0001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59Z\"",
        "\"1969-12-31T23:59:59-14:00\"",
        "\"2026-01-01\"",
        "\"2026-01-01T00:00:00Z\"",
        "\"2025-12-31T00:00:00Z\"",
        "\"../../etc/passwd\"",
        "\"Europe/Berlin\"",
        "\"model\"",
        "\"\\u202e\\u2066\"",
        "\"{ name =~ \\\"(a|.*)*\\\" }\"",
        "\"{ } >> { }\"",
        "\"{ \"",
        "\"resolved\"",
        "\"incident.triggered\"",
        "\"" + new string('x', 70_000) + "\"",
        string.Concat(Enumerable.Repeat("[", 200)) + string.Concat(Enumerable.Repeat("]", 200)),
    ];

    public static readonly string[] Bodies =
    [
        """{"question":"which services have the highest error rate in the last hour?","asOf":"2026-01-01T00:00:00Z","timeZone":"UTC","engine":"builtin","conversationId":"c_1"}""",
        """{"from":"2026-01-01T00:00:00Z","to":"2026-01-01T00:10:00Z","scope":"{ resource.service.name = \"shop\" }","baseline":[{"from":"2025-12-31T23:00:00Z","to":"2025-12-31T23:10:00Z"}],"limit":5}""",
        """{"proposalId":"p_1","digest":"abc","text":"a note","words":"slow traces of shop","at":"same","upTo":1,"verdict":"right","expected":"words","expect":{"outcome":"answered","x":"y"},"by":"me"}""",
        """{"alerts":[{"status":"firing","labels":{"alertname":"High","service":"shop"},"annotations":{"summary":"much"},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2026-01-01T01:00:00Z","fingerprint":"f"},{"status":"firing","labels":{"alertname":"Other"}}]}""",
        """{"event":{"event_type":"incident.triggered","occurred_at":"2026-01-01T00:00:00Z","data":{"id":"P1","title":"down","created_at":"2026-01-01T00:00:00Z","service":{"summary":"shop"}}}}""",
        """[{"path":"catalog/a.yaml","content":"kind: Component"},{"path":"CODEOWNERS","content":"* @team"}]""",
        """{"files":[{"path":"runbooks/a.md","content":"# A\n\n## Mitigation\n\n1. do"}]}""",
        """[{"time":"2026-01-01T00:00:00Z","service":"shop","kind":"deploy","version":"1","previousVersion":"0","summary":"s","author":"a","url":"https://x.example","attributes":{"k":"v"}}]""",
        """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00000000000000a1","name":"GET /","kind":2,"startTimeUnixNano":"1767225600000000000","endTimeUnixNano":"1767225600100000000","attributes":[{"key":"a","value":{"intValue":"3"}}],"status":{"code":2,"message":"m"}}]}]}]}""",
        """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1767225600000000000","severityNumber":9,"body":{"stringValue":"hello"}}]}]}]}""",
        """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","unit":"1","gauge":{"dataPoints":[{"timeUnixNano":"1767225600000000000","asDouble":1.5}]}}]}]}]}""",
        """[{"traceId":"0af7651916cd43dd8448eb211c80319c","id":"00000000000000a1","name":"get","timestamp":1767225600000000,"duration":100,"localEndpoint":{"serviceName":"shop"},"tags":{"a":"b"}}]""",
        """{"type":"event_callback","event_id":"Ev1","event":{"type":"app_mention","user":"U1","text":"<@U0> why","channel":"C1","ts":"1.1"},"challenge":"x","trigger_id":"1","actions":[{"action_id":"x"}],"view":{"id":"V","hash":"h","callback_id":"c"}}""",
    ];

    /// <summary>A body in which one member, anywhere, is something else.</summary>
    public static string Mutated(string body, Random random)
    {
        const string mark = "@here@";
        var node = JsonNode.Parse(body)!;
        var leaves = new List<JsonNode>();
        Collect(node, leaves);
        leaves[random.Next(leaves.Count)].ReplaceWith(mark);
        return node.ToJsonString().Replace($"\"{mark}\"", InJson[random.Next(InJson.Length)], StringComparison.Ordinal);
    }

    public static byte[] Bytes(string body, Random random) =>
        random.Next(14) switch
        {
            0 => [],
            1 => Encoding.UTF8.GetBytes(body)[..(Encoding.UTF8.GetByteCount(body) / 2)],
            2 => Encoding.Unicode.GetBytes(body),
            3 => [0xff, 0xfe, 0x00, .. Encoding.UTF8.GetBytes(body)],
            4 => [.. Encoding.UTF8.GetBytes(body), 0xc3, 0x28],
            5 => [.. Enumerable.Range(0, 64).Select(_ => (byte)random.Next(256))],
            6 => "\"text\""u8.ToArray(),
            7 => Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(body) + "&text=%00&trigger_id=%00"),
            _ => Encoding.UTF8.GetBytes(body),
        };

    private static void Collect(JsonNode node, List<JsonNode> into)
    {
        IEnumerable<JsonNode?> below = node switch
        {
            JsonObject o => o.Select(m => m.Value),
            JsonArray a => a,
            _ => [],
        };
        foreach (var child in below.OfType<JsonNode>())
        {
            into.Add(child);
            Collect(child, into);
        }
    }
}
