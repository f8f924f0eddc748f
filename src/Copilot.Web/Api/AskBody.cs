using System.Globalization;
using System.Text.Json;
using Copilot.Agent.Answers;

namespace Copilot.Web.Api;

/// <summary>Reads the body of a question; every complaint says which member and what it should be.</summary>
internal static class AskBody
{
    private const int LongestQuestion = 2000;
    private const int LargestBody = 64 * 1024;

    /// <summary>Either the request or what is wrong with it.</summary>
    public static async Task<(AskRequest? Request, string? Problem)> ReadAsync(HttpRequest http, CancellationToken cancellation)
    {
        if (http.ContentLength > LargestBody) return (null, $"The body has more than {LargestBody} bytes; a question has at most {LongestQuestion} characters.");
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Body, cancellationToken: cancellation);
            return body.RootElement.ValueKind == JsonValueKind.Object
                ? (Read(body.RootElement), null)
                : (null, "The body must be an object with at least \"question\".");
        }
        catch (JsonException broken)
        {
            return (null, $"The body is not valid JSON: {broken.Message}");
        }
        catch (FormatException wrong)
        {
            return (null, wrong.Message);
        }
    }

    private static AskRequest Read(JsonElement body)
    {
        var question = Text(body, "question");
        if (string.IsNullOrWhiteSpace(question)) throw new FormatException("'question' is missing or empty; it is what you want to know, in plain words.");
        if (question.Length > LongestQuestion) throw new FormatException($"'question' has {question.Length} characters; at most {LongestQuestion} are read.");
        var engine = Text(body, "engine");
        if (engine is not (null or "builtin" or "model")) throw new FormatException("'engine' must be \"builtin\" or \"model\".");
        var zone = Text(body, "timeZone") ?? "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) throw new FormatException("'timeZone' must be an IANA name such as \"Europe/Berlin\".");
        return new AskRequest
        {
            Question = question,
            ConversationId = Text(body, "conversationId"),
            AsOf = Text(body, "asOf") is { } asOf ? Time(asOf) : null,
            TimeZone = zone,
            Engine = engine,
        };
    }

    private static string? Text(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) throw new FormatException($"'{name}' must be text.");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair is valid JSON and no text.
            throw new FormatException($"'{name}' is no valid Unicode text.");
        }
    }

    private static DateTimeOffset Time(string text) =>
        text.Length >= 19 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new FormatException("'asOf' must be an RFC 3339 time such as \"2026-01-31T12:00:00Z\".");
}
