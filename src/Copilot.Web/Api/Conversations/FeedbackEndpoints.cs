using System.Text.Json.Nodes;
using Copilot.Agent.Conversations;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api.Conversations;

/// <summary>Whether answers were right, and the question file that comes of it.</summary>
internal static class FeedbackEndpoints
{
    public static IEndpointRouteBuilder MapFeedback(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/conversations/{id}/turns/{turn:int}/feedback", RateAsync).DisableAntiforgery();
        endpoints.MapGet("/api/v1/feedback", ExportAsync);
        return endpoints;
    }

    /// <summary><c>{"verdict": "right" | "wrong", "expected"?: words, "expect"?: as in a question file, "by"?: who}</c></summary>
    private static async Task<IResult> RateAsync(string id, int turn, FeedbackBody body, Feedback feedback, CancellationToken cancellation)
    {
        if (body.Verdict is not ("right" or "wrong")) return ApiProblem.BadRequest("'verdict' must be \"right\" or \"wrong\".");
        if (body.Expect is { } expect && !PlainText.IsPlainJson(expect.ToJsonString()))
            return ApiProblem.BadRequest("'expect' holds a NUL character or half of a surrogate pair; send whole Unicode text.");
        try
        {
            var by = body.By is { Length: > 0 and <= 200 } ? body.By : "api";
            return await feedback.RateAsync(id, turn, new Rating(body.Verdict == "right", body.Expected, body.Expect, by), cancellation)
                ? Results.NoContent()
                : ApiProblem.NotFound($"There is no turn {turn} in conversation '{id}'.");
        }
        catch (FormatException wrong)
        {
            return ApiProblem.BadRequest(wrong.Message);
        }
    }

    /// <summary>Lines for a scorer, and what only a person can turn into one.</summary>
    private static async Task<IResult> ExportAsync(Feedback feedback, CancellationToken cancellation)
    {
        var rated = await feedback.ExportAsync(cancellation);
        return Results.Ok(new
        {
            lines = rated.Select(line => line.Line).OfType<JsonObject>(),
            inWords = rated.Where(line => line.Line is null).Select(line => new { line.Question, line.Expected }),
        });
    }

    private sealed record FeedbackBody(string? Verdict, string? Expected, JsonObject? Expect, string? By);
}
