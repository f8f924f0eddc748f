using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Copilot.Models.Audit;
using Copilot.Store.Conversations;
using Copilot.Telemetry.Text;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api;

/// <summary>Kept conversations over HTTP: searched, read, asked once more, and what left for a model on their account.</summary>
public static class ConversationEndpoints
{
    private const int MostListed = 200;

    public static IEndpointRouteBuilder MapConversations(this IEndpointRouteBuilder endpoints)
    {
        var conversations = endpoints.MapGroup("/api/v1/conversations").DisableAntiforgery();
        conversations.MapGet(
            "",
            async (string? q, int? limit, ConversationSearch search, CancellationToken cancellationToken) =>
                Results.Json(
                    new { items = await search.FindAsync(q ?? string.Empty, Math.Clamp(limit ?? 50, 1, MostListed), cancellationToken) },
                    AskEndpoints.Json
                )
        );
        conversations.MapGet("{id}", ReadAsync);
        conversations.MapPost("{id}/rerun", RerunAsync);
        conversations.MapGet(
            "{id}/turns/{turn:int}/sent",
            async (string id, int turn, ModelAudit audit, CancellationToken cancellationToken) =>
                await audit.FindAsync(id, turn, cancellationToken) is { } sent
                    ? Results.Json(sent, AskEndpoints.Json)
                    : ApiProblem.NotFound($"Nothing was sent to a model for turn {turn} of {id}, or the record of it is no longer kept.")
        );
        endpoints.MapGet(
            "/api/v1/audit",
            async (int? limit, ModelAudit audit, CancellationToken cancellationToken) =>
                Results.Json(new { items = await audit.NewestAsync(limit ?? 50, cancellationToken) }, AskEndpoints.Json)
        );
        return endpoints.MapFeedback();
    }

    private static async Task<IResult> ReadAsync(string id, ConversationStore store, CancellationToken cancellationToken)
    {
        var turns = await store.TurnsAsync(id, cancellationToken);
        return turns.Count == 0
            ? ApiProblem.NotFound($"There is no conversation '{id}'.")
            : Results.Json(
                new
                {
                    id,
                    turns = turns.Select(turn => new
                    {
                        turn.Number,
                        turn.AskedAt,
                        turn.Asker,
                        turn.Question,
                        turn.AsOf,
                        turn.TimeZone,
                        turn.Feedback,
                        turn.Expected,
                        answer = ConversationStore.AnswerOf(turn),
                    }),
                },
                AskEndpoints.Json
            );
    }

    /// <summary>Asks the conversation's questions once more in a new one: <c>{"at": "same" | "now", "upTo"?: 3}</c>.</summary>
    private static async Task<IResult> RerunAsync(string id, RerunBody body, ConversationReplay replay, CancellationToken cancellationToken)
    {
        if (body.At is not ("same" or "now"))
            return ApiProblem.BadRequest("'at' must be \"same\" (the windows of then) or \"now\".");
        try
        {
            var at = body.At == "same" ? ReplayTime.Same : ReplayTime.Now;
            return Results.Json(await replay.RunAsync(id, body.UpTo, at, null, "api", cancellationToken), AskEndpoints.Json);
        }
        catch (UnknownConversationException)
        {
            return ApiProblem.NotFound($"There is no conversation '{id}' with such a turn.");
        }
    }

    private sealed record RerunBody(string? At, int? UpTo);
}

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
    private static async Task<IResult> RateAsync(
        string id,
        int turn,
        FeedbackBody body,
        Feedback feedback,
        CancellationToken cancellationToken
    )
    {
        if (EnumWords.Find<AnswerVerdict>(body.Verdict ?? "") is not { } verdict)
            return ApiProblem.BadRequest("'verdict' must be \"right\" or \"wrong\".");
        if (body.Expect is { } expect && !PlainText.IsPlainJson(expect.ToJsonString()))
            return ApiProblem.BadRequest("'expect' holds a NUL character or half of a surrogate pair; send whole Unicode text.");
        try
        {
            var by = body.By is { Length: > 0 and <= 200 } ? body.By : "api";
            return await feedback.RateAsync(id, turn, new Rating(verdict, body.Expected, body.Expect, by), cancellationToken)
                ? Results.NoContent()
                : ApiProblem.NotFound($"There is no turn {turn} in conversation '{id}'.");
        }
        catch (FormatException wrong)
        {
            return ApiProblem.BadRequest(wrong.Message);
        }
    }

    /// <summary>Lines for a scorer, and what only a person can turn into one.</summary>
    private static async Task<IResult> ExportAsync(Feedback feedback, CancellationToken cancellationToken)
    {
        var rated = await feedback.ExportAsync(cancellationToken);
        return Results.Ok(
            new
            {
                lines = rated.Select(line => line.Line).OfType<JsonObject>(),
                inWords = rated.Where(line => line.Line is null).Select(line => new { line.Question, line.Expected }),
            }
        );
    }

    private sealed record FeedbackBody(string? Verdict, string? Expected, JsonObject? Expect, string? By);
}
