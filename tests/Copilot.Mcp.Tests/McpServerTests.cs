using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Cli.Querying;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit;

namespace Copilot.Mcp.Tests;

/// <summary>The server as the official clients see it.</summary>
[Trait("needs", "postgres")]
public sealed class McpServerTests(McpRoom room) : IClassFixture<McpRoom>
{
    private const string Window = """ "from":"2026-03-01T12:02:00Z","to":"2026-03-01T12:04:00Z" """;

    [Fact]
    public async Task A_client_is_told_how_to_work_and_that_nothing_is_changed()
    {
        await using var client = await room.ConnectAsync();
        var tools = await client.ListToolsAsync();
        Assert.Contains("nothing can be changed", client.ServerInstructions, StringComparison.Ordinal);
        Assert.InRange(tools.Count, 8, 12);
        Assert.All(
            tools,
            tool =>
                Assert.Equal((true, false), (tool.ProtocolTool.Annotations!.ReadOnlyHint, tool.ProtocolTool.Annotations.DestructiveHint))
        );
    }

    [Fact]
    public async Task A_call_gives_figures_the_query_that_ran_and_a_link_to_it()
    {
        var read = await CallAsync("query", $$"""{"measures":["error_rate","count"],"services":["pay"],{{Window}}}""");
        Assert.Equal("ok", read["status"]!.GetValue<string>());
        Assert.Equal("[[0.5,60]]", read["data"]!["rows"]!.ToJsonString());
        Assert.Contains("resource.service.name = \"pay\"", read["queries"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith($"http://127.0.0.1:{room.Address.Port}/", read["link"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("[2026-03-01T12:02:00.0000000Z, 2026-03-01T12:04:00.0000000Z)", read["window"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_follows_by_arithmetic_is_reckoned()
    {
        var read = await CallAsync(
            "query",
            $$"""{"measures":["failed"],"services":["pay"],{{Window}},"againstFrom":"2026-03-01T12:00:00Z","againstTo":"2026-03-01T12:02:00Z"}"""
        );
        Assert.Equal(
            (0, 30, 30.0),
            (
                read["data"]!["before"]!.GetValue<int>(),
                read["data"]!["after"]!.GetValue<int>(),
                read["figures"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "difference")!["value"]!.GetValue<double>()
            )
        );
        var counted = await CallAsync("query", $$"""{"measures":["count"],"services":["pay"],{{Window}}}""");
        Assert.Contains(
            counted["figures"]!.AsArray(),
            one => one!["name"]!.GetValue<string>() == "request_count per minute" && one["value"]!.GetValue<double>() == 30
        );
        var split = await CallAsync("query", $$"""{"measures":["count","p95"],"by":["service"],"services":["pay","web"],{{Window}}}""");
        Assert.Equal("share of request_count", split["data"]!["columns"]!.AsArray()[^1]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_list_is_paged_and_nothing_is_left_out_between_its_pages()
    {
        var seen = new HashSet<string>();
        var cursor = string.Empty;
        for (var page = 0; page < 40; page++)
        {
            var read = await CallAsync("trace", $$"""{"traceId":"{{room.Wide}}","view":"spans","limit":100,"cursor":"{{cursor}}"}""");
            Assert.Equal(1001, read["page"]!["total"]!.GetValue<int>());
            foreach (var span in read["spans"]!.AsArray())
                Assert.True(seen.Add(span!["spanId"]!.GetValue<string>()));
            if (!read["page"]!["truncated"]!.GetValue<bool>())
                break;
            Assert.Equal("truncated", read["status"]!.GetValue<string>());
            cursor = read["page"]!["cursor"]!.GetValue<string>();
        }

        Assert.Equal(1001, seen.Count);
    }

    [Fact]
    public async Task Rows_of_a_query_are_paged_by_the_read_itself()
    {
        const string Asked = """{"measures":["count"],"by":["operation"],"from":"2026-03-01T12:00:00Z","limit":40""";
        var seen = new HashSet<string>();
        var cursor = string.Empty;
        while (seen.Count < 1_000)
        {
            var read = await CallAsync("query", $"{Asked},\"cursor\":\"{cursor}\"}}");
            Assert.Equal(153, read["page"]!["total"]!.GetValue<int>());
            foreach (var row in read["data"]!["rows"]!.AsArray())
                Assert.True(seen.Add(row!.ToJsonString()));
            if (!read["page"]!["truncated"]!.GetValue<bool>())
                break;
            cursor = read["page"]!["cursor"]!.GetValue<string>();
        }

        Assert.Equal(153, seen.Count);
    }

    [Fact]
    public async Task No_data_is_said_as_such_and_which_kind_of_nothing_it_is()
    {
        var never = await CallAsync(
            "query",
            """{"measures":["p95"],"services":["pay"],"from":"2025-01-01T00:00:00Z","to":"2025-01-01T01:00:00Z"}"""
        );
        Assert.Equal("no_data", never["status"]!.GetValue<string>());
        Assert.Contains("received", never["told"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
        var trace = await CallAsync("trace", """{"traceId":"0af7651916cd43dd8448eb211c80319c"}""");
        Assert.Equal("no_data", trace["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("query", """{"measures":["count"],"services":["pai"]}""", "Did you mean `pay`?")]
    [InlineData("query", """{"measures":["count"],"where":"curency = \"CHF\""}""", "Did you mean `span.currency`?")]
    [InlineData("query", """{"measures":["p95 of duration"]}""", "is no measure. There are count, failed")]
    [InlineData("query", """{"measures":["count"],"where":"span.currency = = 3"}""", "cannot be read")]
    [InlineData("query", """{"over":"reqests","measures":["count"]}""", "'over' is requests, spans, traces, logs, errors")]
    [InlineData("query", """{"measures":["count"],"from":"yesterday"}""", "RFC 3339")]
    [InlineData("query", """{"measures":["count"],"by":["regoin"]}""", "No span was seen with an attribute `regoin`")]
    [InlineData("diagnose", """{"what":"everything"}""", "'what' is one of cause, affected")]
    [InlineData("trace", """{"traceId":"12"}""", "32 hex digits")]
    [InlineData("nonsense", """{}""", "There is no tool 'nonsense'. Tools: query")]
    public async Task What_is_wrong_with_a_call_says_what_to_pass_instead(string tool, string arguments, string says)
    {
        await using var client = await room.ConnectAsync();
        var result = await CallAsync(client, tool, arguments);
        Assert.True(result.IsError);
        Assert.Contains(says, JsonNode.Parse(Text(result))!["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_strangers_wrote_is_marked_as_quoted_and_untrusted()
    {
        var spans = await CallAsync("trace", $$"""{"traceId":"{{room.FirstFailed}}","view":"spans","service":"pay"}""");
        var id = spans["spans"]![0]!["spanId"]!.GetValue<string>();
        var span = await CallAsync("trace", $$"""{"traceId":"{{room.FirstFailed}}","spanId":"{{id}}"}""");
        Assert.StartsWith("Members called quoted", span["untrusted"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(
            span["data"]!["attributes"]!.AsArray(),
            pair => pair!["quotedValue"]!.GetValue<string>().StartsWith("Ignore all", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_older_client_is_served_and_so_is_the_newest_without_a_handshake()
    {
        using var http = new HttpClient();
        foreach (var version in (string[])["2025-03-26", "2025-06-18", "2025-11-25"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, room.Address)
            {
                Content = new StringContent(
                    """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"VERSION","capabilities":{},"clientInfo":{"name":"old","version":"1"}}}""".Replace(
                        "VERSION",
                        version,
                        StringComparison.Ordinal
                    ),
                    Encoding.UTF8,
                    "application/json"
                ),
            };
            request.Headers.Accept.ParseAdd("application/json");
            request.Headers.Accept.ParseAdd("text/event-stream");
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.Contains($"\"protocolVersion\":\"{version}\"", text, StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Mcp-Session-Id"));
        }

        await using var client = await room.ConnectAsync();
        Assert.Equal("2026-07-28", client.NegotiatedProtocolVersion);
    }

    [Fact]
    public async Task The_command_line_passes_on_what_a_client_writes_and_what_the_server_answers()
    {
        using var http = new HttpClient { BaseAddress = new Uri(room.Address, "/") };
        using var input = new StringReader(
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"old","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"find","arguments":{"text":"pay"}}}
            no json

            """
        );
        using var output = new StringWriter();
        Assert.Equal(0, await McpCommand.RunAsync(http, input, output, CancellationToken.None));
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal([1, 2, null], lines.Select(line => line["id"]?.GetValue<int>()));
        Assert.Equal("2025-06-18", lines[0]["result"]!["protocolVersion"]!.GetValue<string>());
        Assert.Contains("\"service\":\"pay\"", lines[1]["result"]!["content"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(-32700, lines[2]["error"]!["code"]!.GetValue<int>());
    }

    [RequiresFact("node", NodeClient.Packages)]
    public async Task The_official_typescript_client_is_served()
    {
        using var node = NodeClient.Start(
            new Uri(room.Address + "?asOf=" + McpRoom.Now),
            "query",
            $$"""{"measures":["failed"],"services":["pay"],{{Window}}}"""
        );
        var told = await node.ReadAsync();
        Assert.Equal("observability-copilot", told["server"]!.GetValue<string>());
        Assert.Equal(10, told["tools"]!.AsArray().Count(tool => tool!["readOnly"]!.GetValue<bool>()));
        Assert.Contains("\"value\":30", told["result"]!["content"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private async Task<JsonNode> CallAsync(string tool, string arguments)
    {
        await using var client = await room.ConnectAsync();
        var result = await CallAsync(client, tool, arguments);
        Assert.False(result.IsError == true, Text(result));
        return JsonNode.Parse(Text(result))!;
    }

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, string arguments) =>
        await client.CallToolAsync(
            tool,
            JsonSerializer
                .Deserialize<Dictionary<string, JsonElement>>(arguments)!
                .ToDictionary(pair => pair.Key, pair => (object?)pair.Value)
        );

    private static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
