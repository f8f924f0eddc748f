using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.Answers.Contract;
using Copilot.Store.Conversations;
using Copilot.Telemetry.Text;
using Copilot.Web.Api.Edge;
using Copilot.Web.Hosting;

namespace Copilot.Web.Api;

/// <summary>Questions over HTTP: the whole answer at once, or as it comes about.</summary>
public static class AskEndpoints
{
    /// <summary>JSON as answers are written.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly JsonSerializerOptions Parts = new(Json) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static IEndpointRouteBuilder MapAsk(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/ask", AskAsync).DisableAntiforgery();
        endpoints.MapPost("/api/v1/ask/stream", StreamAsync).DisableAntiforgery();
        return endpoints;
    }

    /// <summary>200 with the answer; 400 with what is wrong with the body; 404 for an unknown conversation; 503 while the store cannot be
    /// reached.</summary>
    private static async Task<IResult> AskAsync(HttpContext http, ICopilot copilot, CancellationToken cancellationToken)
    {
        var request = await AskBody.ReadAsync(http, cancellationToken);
        try
        {
            return Results.Json(await copilot.AskAsync(request, cancellationToken), Json);
        }
        catch (UnknownConversationException unknown)
        {
            return ApiProblem.NotFound(unknown.Message);
        }
    }

    /// <summary>The same as server-sent events, one <c>data:</c> line a part; what fails once the stream runs ends it with an event
    /// "problem".</summary>
    private static async Task<IResult> StreamAsync(HttpContext http, ICopilot copilot, CancellationToken cancellationToken)
    {
        var request = await AskBody.ReadAsync(http, cancellationToken);
        await using var parts = copilot.AskInPartsAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            // The first part decides the status: after it the headers are gone.
            if (!await parts.MoveNextAsync())
                return Results.NoContent();
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-cache";
            do await WriteAsync(http, "part", JsonSerializer.Serialize(parts.Current, Parts), cancellationToken);
            while (await parts.MoveNextAsync());
            return Results.Empty;
        }
        catch (UnknownConversationException unknown) when (!http.Response.HasStarted)
        {
            return ApiProblem.NotFound(unknown.Message);
        }
        catch (Exception failure) when (http.Response.HasStarted && StoreFailure.Of(failure) is not null)
        {
            await WriteAsync(http, "problem", JsonSerializer.Serialize(new { detail = StoreFailure.Of(failure) }, Json), cancellationToken);
            return Results.Empty;
        }
    }

    private static async Task WriteAsync(HttpContext http, string kind, string json, CancellationToken cancellationToken)
    {
        await http.Response.WriteAsync($"event: {kind}\ndata: {json}\n\n", cancellationToken);
        await http.Response.Body.FlushAsync(cancellationToken);
    }
}

/// <summary>Reads the body of a question; every complaint says which member and what it should be.</summary>
internal static class AskBody
{
    private const int LongestQuestion = 2000;
    private const int LongestId = 100;
    private const int LargestBody = 64 * 1024;

    /// <exception cref="RefusedRequestException">It is no question.</exception>
    public static async Task<AskRequest> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength > LargestBody)
            throw new RefusedRequestException(
                $"The body has more than {LargestBody} bytes; a question has at most {LongestQuestion} characters."
            );
        using var body = await JsonBody.ReadAsync(http, cancellationToken, LargestBody);
        return body.RootElement.ValueKind == JsonValueKind.Object
            ? Read(body.RootElement) with
            {
                Asker = http.User.Identity?.Name is { Length: > 0 } name ? name : "anonymous",
            }
            : throw new RefusedRequestException("The body must be an object with at least \"question\".");
    }

    private static AskRequest Read(JsonElement body)
    {
        var question = body.Text("question");
        if (string.IsNullOrWhiteSpace(question))
            throw new RefusedRequestException("'question' is missing or empty; it is what you want to know, in plain words.");
        if (question.Length > LongestQuestion)
            throw new RefusedRequestException($"'question' has {question.Length} characters; at most {LongestQuestion} are read.");
        var engine = body.Text("engine") is { } named ? EnumWords.Find<AnswerEngine>(named) : null;
        if (engine is null && body.Text("engine") is not null)
            throw new RefusedRequestException("'engine' must be \"builtin\" or \"model\".");
        var zone = body.Text("timeZone") ?? "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw new RefusedRequestException("'timeZone' must be an IANA name such as \"Europe/Berlin\".");
        var conversation = body.Text("conversationId");
        if (conversation?.Length > LongestId)
            throw new RefusedRequestException("'conversationId' is not one of an answer: those are short.");
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
