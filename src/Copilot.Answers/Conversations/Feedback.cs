using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Store;
using Copilot.Store.Conversations;
using Copilot.Telemetry.Text;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Answers.Conversations;

/// <summary>Keeps what people think of answers, and gives it back as lines for a scorer.</summary>
public sealed class Feedback(IDbContextFactory<CopilotContext> contexts, TimeProvider time)
{
    private static readonly string[] Outcomes = [.. Enum.GetValues<Outcome>().Select(outcome => outcome.Word())];

    /// <returns>False where there is no such turn.</returns>
    /// <exception cref="FormatException">What was expected is not to be understood; the message says why.</exception>
    public async Task<bool> RateAsync(string conversationId, int turn, Rating rating, CancellationToken cancellationToken)
    {
        if (rating.Expected?.Length > ConversationThresholds.LongestExpectation)
            throw new FormatException(
                $"'expected' has {rating.Expected.Length} characters; at most {ConversationThresholds.LongestExpectation} are kept."
            );
        if (rating.Expect is { } expect && !IsExpectation(expect))
            throw new FormatException(
                $"'expect' needs an \"outcome\", one of {string.Join(", ", Outcomes)}; see the lines of an export for its other members."
            );
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (
            await context
                .Set<ConversationTurnRow>()
                .FirstOrDefaultAsync(t => t.ConversationId == conversationId && t.Number == turn, cancellationToken)
            is not { } row
        )
            return false;
        row.Feedback = rating.Verdict;
        row.Expected = string.IsNullOrWhiteSpace(rating.Expected) ? null : ConversationStore.Clean(rating.Expected.Trim());
        row.Expect = rating.Expect is null ? null : ConversationStore.Clean(rating.Expect.ToJsonString());
        row.RatedBy = ConversationStore.Clean(rating.By);
        row.RatedAt = time.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Every rated answer as a line of a question file, oldest first.</summary>
    public async Task<IReadOnlyList<ScorerLine>> ExportAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rated = await context
            .Set<ConversationTurnRow>()
            .AsNoTracking()
            .Where(t => t.Feedback != null)
            .OrderBy(t => t.AskedAt)
            .ToListAsync(cancellationToken);
        var conversations = rated.Select(t => t.ConversationId).Distinct().ToList();
        var before = (
            await context
                .Set<ConversationTurnRow>()
                .AsNoTracking()
                .Where(t => conversations.Contains(t.ConversationId))
                .Select(t => new
                {
                    t.ConversationId,
                    t.Number,
                    t.Question,
                })
                .ToListAsync(cancellationToken)
        ).ToLookup(t => t.ConversationId);
        return
        [
            .. rated.Select(row =>
                ScorerLine.Of(
                    row,
                    [.. before[row.ConversationId].Where(t => t.Number < row.Number).OrderBy(t => t.Number).Select(t => t.Question)]
                )
            ),
        ];
    }

    private static bool IsExpectation(JsonObject expect) =>
        expect["outcome"] is JsonValue outcome
        && outcome.GetValueKind() == JsonValueKind.String
        && Outcomes.Contains(outcome.GetValue<string>());
}

/// <summary>What a person thinks of an answer.</summary>
/// <param name="Expected">What was expected instead, in words.</param>
/// <param name="Expect">The same as a scorer reads it: at least an <c>outcome</c>, with a <c>kind</c> and its members where a result was
/// expected.</param>
/// <param name="By">Who says so.</param>
public sealed record Rating(AnswerVerdict Verdict, string? Expected, JsonObject? Expect, string By);
