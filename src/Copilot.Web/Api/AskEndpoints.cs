using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.Agent.Answers;
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

    /// <summary>200 with the answer; 400 with what is wrong with the body; 404 for an unknown conversation; 503 while the store cannot be reached.</summary>
    private static async Task<IResult> AskAsync(HttpContext http, ICopilot copilot, CancellationToken cancellation)
    {
        var request = await AskBody.ReadAsync(http, cancellation);
        try
        {
            return Results.Json(await copilot.AskAsync(request, cancellation), Json);
        }
        catch (UnknownConversationException unknown)
        {
            return ApiProblem.NotFound(unknown.Message);
        }
    }

    /// <summary>The same as server-sent events, one <c>data:</c> line a part; what fails once the stream runs ends it with an event "problem".</summary>
    private static async Task<IResult> StreamAsync(HttpContext http, ICopilot copilot, CancellationToken cancellation)
    {
        var request = await AskBody.ReadAsync(http, cancellation);
        await using var parts = copilot.AskInPartsAsync(request, cancellation).GetAsyncEnumerator(cancellation);
        try
        {
            // The first part decides the status: after it the headers are gone.
            if (!await parts.MoveNextAsync()) return Results.NoContent();
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-cache";
            do await WriteAsync(http, "part", JsonSerializer.Serialize(parts.Current, Parts), cancellation);
            while (await parts.MoveNextAsync());
            return Results.Empty;
        }
        catch (UnknownConversationException unknown) when (!http.Response.HasStarted)
        {
            return ApiProblem.NotFound(unknown.Message);
        }
        catch (Exception failure) when (http.Response.HasStarted && StoreTrouble.Of(failure) is not null)
        {
            await WriteAsync(http, "problem", JsonSerializer.Serialize(new { detail = StoreTrouble.Of(failure) }, Json), cancellation);
            return Results.Empty;
        }
    }

    private static async Task WriteAsync(HttpContext http, string kind, string json, CancellationToken cancellation)
    {
        await http.Response.WriteAsync($"event: {kind}\ndata: {json}\n\n", cancellation);
        await http.Response.Body.FlushAsync(cancellation);
    }
}
