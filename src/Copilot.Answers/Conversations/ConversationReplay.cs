using Copilot.Answers.Contract;
using Copilot.Store.Conversations;

namespace Copilot.Answers.Conversations;

/// <summary>Asks a conversation's questions once more, in order, in a new conversation: a follow-up means what it meant.</summary>
public sealed class ConversationReplay(ICopilot copilot, ConversationStore conversations)
{
    /// <param name="upTo">The last turn to ask; null: all of them.</param>
    /// <param name="now">What "now" means where the questions are asked about the present; the wall clock where null.</param>
    /// <returns>The answer of the last question; its conversation is the new one.</returns>
    /// <exception cref="UnknownConversationException">There is no such conversation or turn.</exception>
    public async Task<Answer> RunAsync(
        string id,
        int? upTo,
        ReplayTime at,
        DateTimeOffset? now,
        string asker,
        CancellationToken cancellationToken
    )
    {
        var turns = (await conversations.TurnsAsync(id, cancellationToken)).Where(turn => turn.Number <= (upTo ?? int.MaxValue)).ToList();
        if (turns.Count == 0 || (upTo is { } last && turns[^1].Number != last))
            throw new UnknownConversationException(id);
        Answer? answer = null;
        foreach (var turn in turns)
        {
            answer = await copilot.AskAsync(
                new AskRequest
                {
                    Question = turn.Question,
                    ConversationId = answer?.ConversationId,
                    AsOf = at == ReplayTime.Same ? turn.AsOf : now,
                    TimeZone = turn.TimeZone,
                    Engine = turn.Engine == AnswerEngine.Model ? AnswerEngine.Model : null,
                    Asker = asker,
                },
                cancellationToken
            );
        }

        return answer!;
    }
}

/// <summary>What "now" is when a conversation is asked once more.</summary>
public enum ReplayTime
{
    /// <summary>What it was then: the same windows.</summary>
    Same,

    /// <summary>The present: the same questions about what is going on now.</summary>
    Now,
}
