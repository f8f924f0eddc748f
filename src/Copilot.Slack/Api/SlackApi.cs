using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copilot.Slack.Api;

/// <summary>Calls Web API methods. Errors come as exceptions: Slack answers 200 to most of them.</summary>
public sealed class SlackApi(HttpClient http, SlackOptions options)
{
    /// <summary>A method that changes something; arguments as JSON.</summary>
    /// <exception cref="SlackErrorException">Slack says no.</exception>
    /// <exception cref="SlackRateException">Too many calls.</exception>
    public Task<JsonElement> DoAsync(string method, object arguments, CancellationToken cancellationToken) =>
        SendAsync(method, JsonContent.Create(arguments, options: SlackJson.Options), options.BotToken, cancellationToken);

    /// <summary>A method that reads; its arguments as a form, because such methods take no JSON.</summary>
    public Task<JsonElement> ReadAsync(string method, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken) =>
        SendAsync(method, new FormUrlEncodedContent(arguments), options.BotToken, cancellationToken);

    /// <summary>Where the socket of Socket Mode is; asked with the app's own token.</summary>
    public async Task<Uri> OpenSocketAsync(CancellationToken cancellationToken)
    {
        var answer = await SendAsync("apps.connections.open", new FormUrlEncodedContent([]), options.AppToken, cancellationToken);
        return new Uri(answer.GetProperty("url").GetString()!);
    }

    /// <summary>Who the token is, and the scopes that Slack says it has.</summary>
    public async Task<(JsonElement Answer, IReadOnlyList<string> Scopes)> TestAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> scopes = [];
        var answer = await SendAsync(
            "auth.test",
            new FormUrlEncodedContent([]),
            options.BotToken,
            cancellationToken,
            response =>
                scopes = response.Headers.TryGetValues("x-oauth-scopes", out var values)
                    ? string.Join(',', values).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    : []
        );
        return (answer, scopes);
    }

    /// <summary>Answers the one who pressed or typed, and nobody else, through a response_url, which needs no token.</summary>
    public async Task RespondAsync(Uri responseUrl, string text, IReadOnlyList<object>? blocks, CancellationToken cancellationToken)
    {
        var message = new
        {
            response_type = "ephemeral",
            replace_original = false,
            text,
            blocks,
        };
        using var response = await http.PostAsJsonAsync(responseUrl, message, SlackJson.Options, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private async Task<JsonElement> SendAsync(
        string method,
        HttpContent content,
        string? token,
        CancellationToken cancellationToken,
        Action<HttpResponseMessage>? look = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.ApiUrl, method)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            throw new SlackRateException(method, response.Headers.RetryAfter?.Delta ?? SlackLimits.RetryAfter);
        response.EnsureSuccessStatusCode();
        look?.Invoke(response);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var answer = (await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken)).RootElement;
        if (answer.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True)
            return answer;
        var error = answer.TryGetProperty("error", out var name) ? name.GetString() ?? "unknown_error" : "unknown_error";
        if (error is "ratelimited" or "rate_limited")
            throw new SlackRateException(method, SlackLimits.RetryAfter);
        throw new SlackErrorException(method, error, answer);
    }

    /// <summary>Slack's message times are text; comparing them as numbers keeps their order.</summary>
    internal static double Seconds(string ts) => double.Parse(ts, CultureInfo.InvariantCulture);
}

/// <summary>How Slack's JSON is written: snake_case, absent members left out.</summary>
internal static class SlackJson
{
    public static JsonSerializerOptions Options { get; } =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>A member's text, or null.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A member, or an undefined element.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>What a dialog carried through Slack; null where it is none of that.</summary>
    public static T? Carried<T>(string? text)
        where T : class
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<T>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A list's items; none where it is absent.</summary>
    public static IReadOnlyList<JsonElement> List(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
}

/// <summary>Slack asks to wait; nothing happened.</summary>
public sealed class SlackRateException(string method, TimeSpan retryAfter)
    : Exception(FormattableString.Invariant($"Slack asks to wait {retryAfter.TotalSeconds:0} s before {method}."))
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
