using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Copilot.Models.Tests.Doubles;

/// <summary>
/// A model's server as strict as its protocol's documentation: it checks every request's shape and answers with the rounds it was given,
/// streamed as server-sent events with words and calls cut into pieces.
/// </summary>
public sealed class ChatDouble : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Func<ChatTurn, ChatRound> _next;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;

    private readonly ModelProtocol _protocol;

    public ChatDouble(Func<ChatTurn, ChatRound> next, ModelProtocol? protocol = null)
    {
        this._next = next;
        this._protocol = protocol ?? CompletionsProtocol.Compatible;
        for (var tries = 0; ; tries++)
        {
            var port = Random.Shared.Next(20_000, 60_000);
            // One that could not start cannot be used again.
            _listener = new HttpListener();
            _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                _listener.Start();
                Settings = this._protocol.Settings($"http://127.0.0.1:{port}/");
                break;
            }
            catch (HttpListenerException) when (tries < 20)
            {
                // Another process has the port.
            }
        }

        _serving = ServeAsync();
    }

    /// <summary>The configuration that makes this the model.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>What was wrong with the requests; a test ends with none.</summary>
    public List<string> Complaints { get; } = [];

    public List<JsonObject> Requests { get; } = [];

    /// <summary>Every byte that arrived, bodies and headers, as text.</summary>
    public string Received { get; private set; } = string.Empty;

    public async ValueTask DisposeAsync()
    {
        _stopped.TrySetResult();
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                // A wait that begins while the listener stops is never ended by it.
                var next = _listener.GetContextAsync();
                if (await Task.WhenAny(next, _stopped.Task) != next)
                    return;
                context = await next;
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException || !_listener.IsListening)
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
        var text = await reader.ReadToEndAsync();
        Received += $"{context.Request.RawUrl}\n{context.Request.Headers}\n{text}\n";
        var body = JsonNode.Parse(text)!.AsObject();
        Requests.Add(body);
        Complaints.AddRange(_protocol.Check(context.Request, body));
        var round = _next(_protocol.Read(body));
        if (round.Status != 200)
        {
            context.Response.StatusCode = round.Status;
            if (round.Location is not null)
                context.Response.RedirectLocation = round.Location;
            await WriteAsync(context, _protocol.Error(round.Status).ToJsonString());
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.SendChunked = true;
        foreach (var written in _protocol.Events(round))
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(written));
        if (round.Silent)
            await _stopped.Task;
        context.Response.Close();
    }

    private static async Task WriteAsync(HttpListenerContext context, string text)
    {
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        context.Response.Close();
    }
}
