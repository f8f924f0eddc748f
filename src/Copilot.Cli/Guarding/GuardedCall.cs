using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Cli.Querying;

namespace Copilot.Cli.Guarding;

/// <summary>A request that only some may make, and how its refusal is told.</summary>
internal static class GuardedCall
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>The exit code: 0, or 1 where it was refused or no copilot answers.</returns>
    public static async Task<int> RunAsync(
        Uri url,
        TextWriter errors,
        Func<HttpClient, Task<HttpResponseMessage>> send,
        Func<HttpResponseMessage, Task<int>> read,
        TimeSpan? patience = null
    )
    {
        using var http = CopilotHttp.Client(url, patience ?? Patience);
        try
        {
            using var reply = await send(http);
            if (reply.IsSuccessStatusCode)
                return await read(reply);
            await errors.WriteLineAsync($"{(int)reply.StatusCode}: {await DetailAsync(reply)}");
            if ((int)reply.StatusCode is 401)
                await errors.WriteLineAsync($"The key of a program stands in the variable {CopilotHttp.Variable}.");
            return 1;
        }
        catch (Exception failure) when (Unanswered.Says(failure, url) is { } told)
        {
            await errors.WriteLineAsync(told);
            return 1;
        }
    }

    /// <summary>The JSON that came back.</summary>
    public static async Task<JsonNode> ReadAsync(HttpResponseMessage reply, CancellationToken cancellationToken) =>
        (await reply.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;

    private static async Task<string> DetailAsync(HttpResponseMessage reply)
    {
        var text = await reply.Content.ReadAsStringAsync();
        try
        {
            return (string?)(JsonNode.Parse(text) as JsonObject)?["detail"] ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
