using System.Text.Json;
using Copilot.Agent.Answers;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api;

/// <summary>Reads the body of a question; every complaint says which member and what it should be.</summary>
internal static class AskBody
{
    private const int LongestQuestion = 2000;
    private const int LongestId = 100;
    private const int LargestBody = 64 * 1024;

    /// <exception cref="RefusedRequestException">It is no question.</exception>
    public static async Task<AskRequest> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        if (http.Request.ContentLength > LargestBody)
            throw new RefusedRequestException($"The body has more than {LargestBody} bytes; a question has at most {LongestQuestion} characters.");
        using var body = await JsonBody.ReadAsync(http, cancellation, LargestBody);
        return body.RootElement.ValueKind == JsonValueKind.Object
            ? Read(body.RootElement)
            : throw new RefusedRequestException("The body must be an object with at least \"question\".");
    }

    private static AskRequest Read(JsonElement body)
    {
        var question = body.Text("question");
        if (string.IsNullOrWhiteSpace(question)) throw new RefusedRequestException("'question' is missing or empty; it is what you want to know, in plain words.");
        if (question.Length > LongestQuestion) throw new RefusedRequestException($"'question' has {question.Length} characters; at most {LongestQuestion} are read.");
        var engine = body.Text("engine");
        if (engine is not (null or "builtin" or "model")) throw new RefusedRequestException("'engine' must be \"builtin\" or \"model\".");
        var zone = body.Text("timeZone") ?? "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) throw new RefusedRequestException("'timeZone' must be an IANA name such as \"Europe/Berlin\".");
        var conversation = body.Text("conversationId");
        if (conversation?.Length > LongestId) throw new RefusedRequestException("'conversationId' is not one of an answer: those are short.");
        return new AskRequest
        {
            Question = question,
            ConversationId = conversation,
            AsOf = body.Time("asOf"),
            TimeZone = zone,
            Engine = engine,
        };
    }
}
