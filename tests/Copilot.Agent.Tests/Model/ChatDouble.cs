using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Copilot.Agent.Tests.Model;

/// <summary>
/// A chat-completions server as strict as the protocol's documentation: it checks every request's shape and answers with the rounds it
/// was given, streamed as server-sent events with calls cut into pieces.
/// </summary>
public sealed class ChatDouble : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<ChatTurn, ChatRound> next;
    private readonly Task serving;

    public ChatDouble(Func<ChatTurn, ChatRound> next)
    {
        this.next = next;
        for (var tries = 0; ; tries++)
        {
            var port = Random.Shared.Next(20_000, 60_000);
            listener.Prefixes.Clear();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                Url = $"http://127.0.0.1:{port}/v1/";
                break;
            }
            catch (HttpListenerException) when (tries < 20)
            {
                // Another process has the port.
            }
        }

        serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>What was wrong with the requests; a test ends with none.</summary>
    public List<string> Complaints { get; } = [];

    public List<JsonObject> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                await AnswerAsync(context);
            }
            catch (Exception failure) when (failure is HttpListenerException or IOException)
            {
                // The client went away.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var body = JsonNode.Parse(await reader.ReadToEndAsync())!.AsObject();
        Requests.Add(body);
        Complaints.AddRange(ChatProtocol.Check(context.Request, body));
        var round = next(new ChatTurn(body));
        if (round.Status != 200)
        {
            context.Response.StatusCode = round.Status;
            await WriteAsync(context, "{\"error\":{\"message\":\"no\",\"type\":\"server_error\"}}");
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.SendChunked = true;
        foreach (var chunk in round.Chunks()) await WriteEventAsync(context, chunk.ToJsonString());
        if (!round.Torn) await WriteEventAsync(context, "[DONE]");
        context.Response.Close();
    }

    private static Task WriteEventAsync(HttpListenerContext context, string data)
    {
        var bytes = Encoding.UTF8.GetBytes($"data: {data}\n\n");
        return context.Response.OutputStream.WriteAsync(bytes).AsTask();
    }

    private static async Task WriteAsync(HttpListenerContext context, string text)
    {
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        context.Response.Close();
    }
}
