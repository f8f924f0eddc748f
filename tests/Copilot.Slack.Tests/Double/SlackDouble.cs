using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Copilot.Slack.Tests.Double;

/// <summary>
/// A Slack that is strict about its protocol: tokens, scopes, content types, names, limits and errors, with rate limits and cut
/// connections on demand. What it was asked is kept.
/// </summary>
internal sealed class SlackDouble : IAsyncDisposable
{
    public const string BotToken = "xoxb-double";
    public const string AppToken = "xapp-double";

    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    // Bot scopes by method; none where a token alone is enough.
    private static readonly Dictionary<string, string?> Scopes = new()
    {
        ["auth.test"] = null, ["views.open"] = null, ["conversations.create"] = "channels:manage", ["conversations.setTopic"] = "channels:manage",
        ["conversations.setPurpose"] = "channels:manage", ["conversations.invite"] = "channels:manage", ["conversations.list"] = "channels:read",
        ["conversations.info"] = "channels:read", ["conversations.members"] = "channels:read", ["conversations.history"] = "channels:history",
        ["conversations.replies"] = "channels:history", ["users.lookupByEmail"] = "users:read.email", ["chat.postMessage"] = "chat:write",
        ["chat.update"] = "chat:write", ["chat.postEphemeral"] = "chat:write", ["pins.add"] = "pins:write", ["bookmarks.add"] = "bookmarks:write",
        ["bookmarks.list"] = "bookmarks:read",
    };

    // Methods that take no JSON: sent so, their arguments are not seen.
    private static readonly HashSet<string> FormOnly =
        ["users.lookupByEmail", "conversations.list", "conversations.info", "conversations.members", "conversations.history", "conversations.replies"];

    private readonly WebApplication app;

    private SlackDouble(WebApplication app) => this.app = app;

    public SlackSocketDouble Socket { get; } = new();

    public SlackWorkspace Workspace { get; } = new();

    public HashSet<string> Granted { get; } = [.. Scopes.Values.OfType<string>()];

    public Uri Url => new($"{app.Urls.First()}/api/");

    public Uri ResponseUrl => new($"{app.Urls.First()}/commands/T1/1/x");

    /// <summary>Methods asked, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Bodies sent to the response_url.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<JsonElement> Responses { get; } = new();

    /// <summary>Answers 429 to the next call of a method.</summary>
    public HashSet<string> Busy { get; } = [];

    /// <summary>Does the call, then answers nothing useful: the connection is cut.</summary>
    public HashSet<string> CutAfter { get; } = [];

    /// <summary>Told of each call before it has its effect (false) and after (true).</summary>
    public Action<string, bool>? OnCall { get; set; }

    /// <summary>Released after every call that was answered.</summary>
    public SemaphoreSlim Called { get; } = new(0);

    public SemaphoreSlim Responded { get; } = new(0);

    public static async Task<SlackDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var slack = new SlackDouble(app);
        app.UseWebSockets();
        app.MapPost("/api/apps.connections.open", slack.OpenSocket);
        app.Map("/socket/{ticket}", slack.Socket.ServeAsync);
        app.MapPost("/api/{method}", slack.AnswerAsync);
        app.MapPost("/commands/{**rest}", async ([FromBody] JsonElement body) =>
        {
            await Task.CompletedTask;
            var errors = BlockRules.Check(body.TryGetProperty("blocks", out var blocks) ? blocks : default, 50);
            if (errors.Count > 0)
                return Results.BadRequest(string.Join('\n', errors));
            slack.Responses.Enqueue(body.Clone());
            slack.Responded.Release();
            return Results.Ok();
        });
        await app.StartAsync();
        return slack;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Responded.Dispose();
        Called.Dispose();
    }

    private IResult OpenSocket(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() != $"Bearer {AppToken}" ? Results.Json(new SlackRefusal("not_allowed_token_type").Shape(), Json)
        : Results.Json(new { ok = true, url = $"{app.Urls.First().Replace("http:", "ws:", StringComparison.Ordinal)}/socket/{Socket.NewTicket()}" }, Json);

    private async Task AnswerAsync(HttpContext http, string method)
    {
        lock (Asked)
            Asked.Add(method);
        if (Busy.Remove(method))
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = "30";
            await http.Response.WriteAsJsonAsync(new { ok = false, error = "ratelimited" });
            return;
        }

        object answer;
        try
        {
            CheckToken(http, method);
            OnCall?.Invoke(method, false);
            answer = Do(method, await ArgumentsAsync(http, method));
        }
        catch (SlackRefusal refusal)
        {
            answer = refusal.Shape();
        }

        OnCall?.Invoke(method, true);
        Called.Release();
        if (CutAfter.Remove(method))
            http.Abort();
        else
            await http.Response.WriteAsJsonAsync(answer, Json);
    }

    private void CheckToken(HttpContext http, string method)
    {
        var token = http.Request.Headers.Authorization.ToString();
        if (token.Length == 0)
            throw new SlackRefusal("not_authed");
        if (token != $"Bearer {BotToken}")
            throw new SlackRefusal("invalid_auth");
        if (!Scopes.TryGetValue(method, out var scope))
            throw new SlackRefusal("unknown_method");
        if (scope is not null && !Granted.Contains(scope))
            throw new SlackRefusal("missing_scope") { Needed = scope, Provided = string.Join(',', Granted.Order()) };
    }

    private static async Task<JsonElement> ArgumentsAsync(HttpContext http, string method)
    {
        if (http.Request.HasJsonContentType())
            return FormOnly.Contains(method) ? throw new SlackRefusal("invalid_arguments") : await http.Request.ReadFromJsonAsync<JsonElement>();
        if (!http.Request.HasFormContentType)
            throw new SlackRefusal("invalid_post_type");
        var form = await http.Request.ReadFormAsync();
        return JsonSerializer.SerializeToElement(form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
    }

    private object Do(string method, JsonElement arguments)
    {
        lock (Workspace)
        {
            return method switch
            {
                "auth.test" => new { ok = true, user_id = SlackWorkspace.Bot, team_id = "T1", bot_id = "B00000001" },
                "conversations.create" => Workspace.Create(arguments),
                "conversations.list" => new { ok = true, channels = Workspace.Channels.Select(channel => channel.Shape()) },
                "conversations.info" => new { ok = true, channel = Named(arguments).Shape() },
                "conversations.members" => new { ok = true, members = Named(arguments).Members },
                "conversations.history" => new { ok = true, messages = Named(arguments).Messages.Where(message => message.ThreadTs is null).Reverse().Select(message => message.Shape()) },
                "conversations.replies" => new { ok = true, messages = Named(arguments).Messages.Select(message => message.Shape()) },
                "conversations.setTopic" => Workspace.SetTopic(arguments, false),
                "conversations.setPurpose" => Workspace.SetTopic(arguments, true),
                "conversations.invite" => Workspace.Invite(arguments),
                "users.lookupByEmail" => Workspace.LookupByEmail(arguments.GetProperty("email").GetString()!),
                "chat.postMessage" => Workspace.Post(arguments),
                "chat.update" => Workspace.Update(arguments),
                "pins.add" => Workspace.Pin(arguments),
                "bookmarks.add" => Workspace.Bookmark(arguments),
                "bookmarks.list" => new { ok = true, bookmarks = Workspace.Channel(arguments.GetProperty("channel_id").GetString()!).Bookmarks.Select(link => new { link }) },
                "views.open" => Workspace.OpenView(arguments),
                _ => throw new SlackRefusal("unknown_method"),
            };
        }
    }

    private SlackChannel Named(JsonElement arguments) => Workspace.Channel(arguments.GetProperty("channel").GetString()!);
}
