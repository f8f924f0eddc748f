using Copilot.Agent.Answers;
using Copilot.Agent.Audit;
using Copilot.Agent.Conversations;
using Copilot.Store.Conversations;

namespace Copilot.Web.Api.Conversations;

/// <summary>Kept conversations over HTTP: searched, read, asked once more, and what left for a model on their account.</summary>
public static class ConversationEndpoints
{
    private const int MostListed = 200;

    public static IEndpointRouteBuilder MapConversations(this IEndpointRouteBuilder endpoints)
    {
        var conversations = endpoints.MapGroup("/api/v1/conversations").DisableAntiforgery();
        conversations.MapGet("", async (string? q, int? limit, ConversationSearch search, CancellationToken cancellation) =>
            Results.Json(new { items = await search.FindAsync(q ?? string.Empty, Math.Clamp(limit ?? 50, 1, MostListed), cancellation) }, AskEndpoints.Json));
        conversations.MapGet("{id}", ReadAsync);
        conversations.MapPost("{id}/rerun", RerunAsync);
        conversations.MapGet("{id}/turns/{turn:int}/sent", async (string id, int turn, ModelAudit audit, CancellationToken cancellation) =>
            await audit.FindAsync(id, turn, cancellation) is { } sent
                ? Results.Json(sent, AskEndpoints.Json)
                : ApiProblem.NotFound($"Nothing was sent to a model for turn {turn} of {id}, or the record of it is no longer kept."));
        endpoints.MapGet("/api/v1/audit", async (int? limit, ModelAudit audit, CancellationToken cancellation) =>
            Results.Json(new { items = await audit.NewestAsync(limit ?? 50, cancellation) }, AskEndpoints.Json));
        return endpoints.MapFeedback();
    }

    private static async Task<IResult> ReadAsync(string id, ConversationStore store, CancellationToken cancellation)
    {
        var turns = await store.TurnsAsync(id, cancellation);
        return turns.Count == 0
            ? ApiProblem.NotFound($"There is no conversation '{id}'.")
            : Results.Json(
                new
                {
                    id,
                    turns = turns.Select(turn => new
                    {
                        turn.Number, turn.AskedAt, turn.Asker, turn.Question, turn.AsOf, turn.TimeZone, turn.Feedback, turn.Expected, answer = ConversationStore.AnswerOf(turn),
                    }),
                },
                AskEndpoints.Json);
    }

    /// <summary>Asks the conversation's questions once more in a new one: <c>{"at": "same" | "now", "upTo"?: 3}</c>.</summary>
    private static async Task<IResult> RerunAsync(string id, RerunBody body, ConversationReplay replay, CancellationToken cancellation)
    {
        if (body.At is not ("same" or "now")) return ApiProblem.BadRequest("'at' must be \"same\" (the windows of then) or \"now\".");
        try
        {
            var at = body.At == "same" ? ReplayTime.Same : ReplayTime.Now;
            return Results.Json(await replay.RunAsync(id, body.UpTo, at, null, "api", cancellation), AskEndpoints.Json);
        }
        catch (UnknownConversationException)
        {
            return ApiProblem.NotFound($"There is no conversation '{id}' with such a turn.");
        }
    }

    private sealed record RerunBody(string? At, int? UpTo);
}
