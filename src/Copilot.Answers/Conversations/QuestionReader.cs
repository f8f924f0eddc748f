using Copilot.Answers.Contract;
using Copilot.Language;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;

namespace Copilot.Answers.Conversations;

/// <summary>Reads a question in the light of its conversation and of what is known by name, whoever answers it then.</summary>
internal sealed class QuestionReader(
    IInterpreter interpreter,
    KnownNamesLoader catalogues,
    ConversationStore conversations,
    TimeProvider time
)
{
    /// <exception cref="UnknownConversationException">The question belongs to a conversation that does not exist.</exception>
    public async Task<ReadQuestion> ReadAsync(AskRequest request, CancellationToken cancellationToken)
    {
        var asOf = request.AsOf ?? time.GetUtcNow();
        var previous = request.ConversationId is { } id
            ? await conversations.PreviousAsync(id, asOf, request.Question, cancellationToken)
            : null;
        var catalogue = await catalogues.CurrentAsync(cancellationToken);
        var plan = interpreter.Interpret(
            new InterpreterRequest
            {
                Question = request.Question,
                AsOf = asOf,
                TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(request.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc,
                Previous = previous,
            },
            catalogue
        );
        return new ReadQuestion(plan with { TimeZone = request.TimeZone }, asOf, previous, catalogue);
    }
}

/// <summary>A question as it was read.</summary>
/// <param name="Plan">Its times are told in the asker's zone.</param>
/// <param name="AsOf">What "now" is.</param>
/// <param name="Previous">The turn before in the conversation; null where there is none.</param>
/// <param name="Catalogue">The names it was read with.</param>
internal sealed record ReadQuestion(QuestionPlan Plan, DateTimeOffset AsOf, PreviousTurn? Previous, KnownNames Catalogue);
