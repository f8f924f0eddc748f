using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Copilot.Cli.Querying;

/// <summary><c>copilot mcp</c>: for clients that start their servers themselves and talk to them by lines. Each line goes to the running
/// copilot's <c>/mcp</c> as it is, and what that answers comes back as lines.</summary>
internal static class McpCommand
{
    private const string Protocol = "MCP-Protocol-Version";

    public static Command Create()
    {
        var url = CopilotUrl.Option();
        var command = new Command("mcp", "Speaks the Model Context Protocol over standard input and output, for agents. See docs/mcp.md.")
        {
            url,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var http = CopilotHttp.Client(parsed.GetValue(url)!, TimeSpan.FromMinutes(2));
                return await RunAsync(http, Console.In, Console.Out, cancellationToken);
            }
        );
        return command;
    }

    /// <returns>0 when the client has said all; a copilot that cannot be reached is told to the client, call by call.</returns>
    internal static async Task<int> RunAsync(HttpClient http, TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        string? version = null;
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (Parsed(line) is not { } message)
            {
                await WriteAsync(output, Error(null, -32700, "This line is no JSON."), cancellationToken);
                continue;
            }

            foreach (var reply in await SendAsync(http, version, message, cancellationToken))
            {
                version = Parsed(reply)?["result"] is JsonObject { } result ? result["protocolVersion"]?.ToString() ?? version : version;
                await WriteAsync(output, reply, cancellationToken);
            }
        }

        return 0;
    }

    private static async Task<IReadOnlyList<string>> SendAsync(
        HttpClient http,
        string? version,
        JsonObject message,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("mcp", UriKind.Relative))
        {
            Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        // From 2026-07-28 on each message says its own version, and what it is about, in headers as well.
        if ((OfMessage(message) ?? version) is { } spoken)
            request.Headers.TryAddWithoutValidation(Protocol, spoken);
        if (message["method"]?.ToString() is { } method)
            request.Headers.TryAddWithoutValidation("Mcp-Method", method);
        if (message["params"]?["name"]?.ToString() is { } name)
            request.Headers.TryAddWithoutValidation("Mcp-Name", name);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var replies = Replies(text).ToList();
            return replies.Count > 0 || response.IsSuccessStatusCode
                ? replies
                : Complaint(message, Parsed(text)?["detail"]?.ToString() ?? $"The copilot answered {(int)response.StatusCode}.");
        }
        catch (Exception failure)
            when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Complaint(message, $"No copilot answers at {http.BaseAddress}: {failure.Message}");
        }
    }

    private static string? OfMessage(JsonObject message) =>
        (message["params"] as JsonObject)?["_meta"] is JsonObject meta ? meta["io.modelcontextprotocol/protocolVersion"]?.ToString() : null;

    // One JSON object, or events whose data are such.
    private static IEnumerable<string> Replies(string text) =>
        text.Split('\n')
            .Select(line => line.Trim())
            .Select(line => line.StartsWith("data:", StringComparison.Ordinal) ? line["data:".Length..].Trim() : line)
            .Where(line => Parsed(line) is { } reply && reply["jsonrpc"] is not null);

    // A notification has no id, and nobody waits for what came of it.
    private static IReadOnlyList<string> Complaint(JsonObject message, string why) =>
        message["id"] is { } id ? [Error(id.DeepClone(), -32000, why)] : [];

    private static string Error(JsonNode? id, int code, string why) =>
        new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = id,
            ["error"] = new JsonObject { ["code"] = code, ["message"] = why },
        }.ToJsonString();

    private static async Task WriteAsync(TextWriter output, string line, CancellationToken cancellationToken)
    {
        await output.WriteAsync((line + "\n").AsMemory(), cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private static JsonObject? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
