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

    private readonly WebApplication _app;

    private readonly SlackRates _rates = new();

    private SlackDouble(WebApplication app) => this._app = app;

    public SlackSocketDouble Socket { get; } = new();

    public SlackWorkspace Workspace { get; } = new();

    public HashSet<string> Granted { get; } =
    [
        .. SlackMethods.All.Values.Select(method => method.Scope).OfType<string>(),
        "app_mentions:read",
        "chat:write.public",
        "commands",
        "im:history",
    ];

    /// <summary>Off where a test makes more calls in a second than people do in a minute.</summary>
    public bool LimitsRates { get; set; } = true;

    public Uri Url => new($"{_app.Urls.First()}/api/");

    public Uri ResponseUrl => new($"{_app.Urls.First()}/commands/T1/1/x");

    /// <summary>Methods asked, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Bodies sent to the response_url.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<JsonElement> Responses { get; } = new();

    /// <summary>Answers 429 to the next call of a method.</summary>
    public HashSet<string> Busy { get; } = [];

    /// <summary>A response_url is good for half an hour.</summary>
    public bool RepliesAreOver { get; set; }

    /// <summary>Methods that are refused, with the error.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, string> Refused { get; } = new();

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
        app.MapPost(
            "/commands/{**rest}",
            async ([FromBody] JsonElement body) =>
            {
                await Task.CompletedTask;
                if (slack.RepliesAreOver)
                    return Results.NotFound("expired_url");
                var errors = BlockRules.Check(body.TryGetProperty("blocks", out var blocks) ? blocks : default, 50);
                if (errors.Count > 0)
                    return Results.BadRequest(string.Join('\n', errors));
                slack.Responses.Enqueue(body.Clone());
                slack.Responded.Release();
                return Results.Ok();
            }
        );
        await app.StartAsync();
        return slack;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Responded.Dispose();
        Called.Dispose();
    }

    private IResult OpenSocket(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() != $"Bearer {AppToken}"
            ? Results.Json(new SlackRefusal("not_allowed_token_type").Shape(), Json)
            : Results.Json(
                new
                {
                    ok = true,
                    url = $"{_app.Urls.First().Replace("http:", "ws:", StringComparison.Ordinal)}/socket/{Socket.NewTicket()}",
                },
                Json
            );

    private async Task AnswerAsync(HttpContext http, string method)
    {
        lock (Asked)
            Asked.Add(method);
        if (Busy.Remove(method))
        {
            await RefuseRateAsync(http, 30);
            return;
        }

        object answer;
        try
        {
            CheckToken(http, method);
            if (LimitsRates && _rates.WaitFor(method, SlackMethods.All[method].PerMinute) is { } wait)
            {
                await RefuseRateAsync(http, wait);
                return;
            }

            var arguments = await ArgumentsAsync(http, method);
            if (
                LimitsRates
                && method == "chat.postMessage"
                && _rates.WaitForMessage(arguments.GetProperty("channel").GetString()!) is { } pause
            )
            {
                await RefuseRateAsync(http, pause);
                return;
            }

            if (Refused.TryGetValue(method, out var error))
                throw new SlackRefusal(error);
            OnCall?.Invoke(method, false);
            answer = Do(method, arguments);
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

    private static Task RefuseRateAsync(HttpContext http, int seconds)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return http.Response.WriteAsJsonAsync(new { ok = false, error = "ratelimited" });
    }

    private void CheckToken(HttpContext http, string method)
    {
        var token = http.Request.Headers.Authorization.ToString();
        if (token.Length == 0)
            throw new SlackRefusal("not_authed");
        if (token != $"Bearer {BotToken}")
            throw new SlackRefusal("invalid_auth");
        if (!SlackMethods.All.TryGetValue(method, out var known))
            throw new SlackRefusal("unknown_method");
        http.Response.Headers["x-oauth-scopes"] = string.Join(',', Granted.Order());
        if (known.Scope is { } scope && !Granted.Contains(scope))
            throw new SlackRefusal("missing_scope") { Needed = scope, Provided = string.Join(',', Granted.Order()) };
    }

    private static async Task<JsonElement> ArgumentsAsync(HttpContext http, string method)
    {
        if (http.Request.HasJsonContentType())
            return SlackMethods.FormOnly.Contains(method)
                ? throw new SlackRefusal("invalid_arguments")
                : await http.Request.ReadFromJsonAsync<JsonElement>();
        if (!http.Request.HasFormContentType)
            return http.Request.ContentLength is null or 0
                ? JsonSerializer.SerializeToElement(new { })
                : throw new SlackRefusal("invalid_post_type");
        var form = await http.Request.ReadFormAsync();
        try
        {
            return JsonSerializer.SerializeToElement(form.ToDictionary(pair => pair.Key, pair => Value(pair.Key, pair.Value.ToString())));
        }
        catch (JsonException)
        {
            throw new SlackRefusal("invalid_arguments");
        }
    }

    // A form holds text alone; what is no text comes as JSON in it.
    private static object Value(string name, string text) =>
        SlackMethods.JsonArguments.Contains(name) ? JsonSerializer.Deserialize<JsonElement>(text)
        : text is "true" or "false" ? text == "true"
        : text;

    private object Do(string method, JsonElement arguments)
    {
        lock (Workspace)
        {
            return method switch
            {
                "auth.test" => new
                {
                    ok = true,
                    url = "https://double.slack.example/",
                    team = "Double",
                    user = "copilot",
                    user_id = SlackWorkspace.Bot,
                    team_id = "T1",
                    bot_id = "B00000001",
                },
                "conversations.create" => Workspace.Create(arguments),
                "conversations.list" => Page("channels", Workspace.Channels.Select(channel => channel.Shape()), arguments),
                "conversations.info" => new { ok = true, channel = Named(arguments).Shape() },
                "conversations.members" => Page("members", Named(arguments).Members, arguments),
                "conversations.history" => Page(
                    "messages",
                    Named(arguments).Messages.Where(message => message.ThreadTs is null).Reverse().Select(message => message.Shape()),
                    arguments
                ),
                "conversations.replies" => Page("messages", Workspace.Thread(arguments), arguments),
                "conversations.setTopic" => Workspace.SetTopic(arguments, false),
                "conversations.setPurpose" => Workspace.SetTopic(arguments, true),
                "conversations.invite" => Workspace.Invite(arguments),
                "users.lookupByEmail" => Workspace.LookupByEmail(arguments.GetProperty("email").GetString()!),
                "users.info" => Workspace.Info(arguments.GetProperty("user").GetString()!),
                "assistant.threads.setStatus" => Workspace.SetStatus(arguments),
                "chat.postMessage" => Workspace.Post(arguments, Granted),
                "chat.postEphemeral" => Workspace.PostEphemeral(arguments),
                "chat.update" => Workspace.Update(arguments),
                "pins.add" => Workspace.Pin(arguments),
                "bookmarks.add" => Workspace.Bookmark(arguments),
                "bookmarks.list" => new
                {
                    ok = true,
                    bookmarks = Workspace.Channel(arguments.GetProperty("channel_id").GetString()!).Bookmarks.Select(link => new { link }),
                },
                "views.open" => Workspace.OpenView(arguments),
                _ => throw new SlackRefusal("unknown_method"),
            };
        }
    }

    // The cursor is opaque to callers; here it is where the next page begins.
    private static Dictionary<string, object> Page(string list, IEnumerable<object> all, JsonElement arguments)
    {
        var from =
            arguments.TryGetProperty("cursor", out var cursor) && cursor.GetString() is { Length: > 0 } at
                ? int.TryParse(at, System.Globalization.CultureInfo.InvariantCulture, out var place)
                    ? place
                    : throw new SlackRefusal("invalid_cursor")
                : 0;
        var limit = arguments.TryGetProperty("limit", out var most)
            ? int.Parse(most.ToString(), System.Globalization.CultureInfo.InvariantCulture)
            : 100;
        if (limit is < 1 or > 1000)
            throw new SlackRefusal("invalid_limit");
        var items = all.ToArray();
        var next = from + limit < items.Length ? (from + limit).ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
        return new Dictionary<string, object>
        {
            ["ok"] = true,
            [list] = items.Skip(from).Take(limit).ToArray(),
            ["response_metadata"] = new { next_cursor = next },
        };
    }

    private SlackChannel Named(JsonElement arguments) => Workspace.Channel(arguments.GetProperty("channel").GetString()!);
}
