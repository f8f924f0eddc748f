using System.Diagnostics;
using Copilot.Answers;
using Copilot.Answers.Contract;
using Copilot.Answers.Conversations;
using Copilot.Language.Questions;
using Copilot.Models.Audit;
using Copilot.Models.Providers;
using Copilot.Store.Conversations;

namespace Copilot.Models.Engine;

/// <summary>Has the asked-for engine answer. A model that fails is stood in for by the built-in interpreter, and the answer says
/// so.</summary>
internal sealed class ChosenCopilot(
    BuiltInCopilot builtin,
    ModelAccess access,
    QuestionReader reader,
    ConversationStore conversations,
    ModelAudit audit
) : ICopilot
{
    public Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken) =>
        WantsModel(request) ? ByModelAsync(request, null, cancellationToken) : builtin.AskAsync(request, cancellationToken);

    public IAsyncEnumerable<AnswerPart> AskInPartsAsync(AskRequest request, CancellationToken cancellationToken) =>
        WantsModel(request)
            ? AnswerStream.ReadAsync((progress, stop) => ByModelAsync(request, progress, stop), cancellationToken)
            : builtin.AskInPartsAsync(request, cancellationToken);

    private bool WantsModel(AskRequest request) => request.Engine is { } asked ? asked == AnswerEngine.Model : access.IsDefault;

    private async Task<Answer> ByModelAsync(AskRequest request, Action<AnswerPart>? progress, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = access.Traced();
        var (reading, asOf, previous, catalogue) = await reader.ReadAsync(request, cancellationToken);
        // What is refused without a model is not tried with one: no model talks its way around the rules.
        if (reading is { Kind: QuestionKind.Unsupported, Refusal.Kind: not RefusalKind.OffTopic })
            return await builtin.AskAsync(request, cancellationToken);
        var record = audit.Begin(request);
        var spending = access.Spending();
        ModelEngine? engine = null;
        Answer answer;
        string outcome;
        try
        {
            engine = access.Engine();
            answer = await engine.AnswerAsync(
                request,
                reading,
                previous,
                request.ConversationId ?? ConversationStore.NewId(),
                asOf,
                catalogue,
                record,
                spending,
                progress,
                cancellationToken
            );
            var turn = await conversations.AddAsync(
                request,
                asOf,
                Remembered(reading),
                answer,
                Stopwatch.GetElapsedTime(started),
                cancellationToken
            );
            (answer, outcome) = (answer with { Turn = turn }, SentToModel.Answered);
        }
        catch (ModelException failure)
        {
            span.Fail("model_failed", failure.Message);
            progress?.Invoke(new AnswerPart { Progress = $"Answered without the model: {failure.Message}" });
            answer = await builtin.AskAsync(request, cancellationToken);
            (answer, outcome) = (answer with { EngineNote = $"Answered by the built-in interpreter: {failure.Message}." }, failure.Message);
        }

        span?.SetTag("gen_ai.conversation.id", answer.ConversationId)
            .SetTag("gen_ai.usage.input_tokens", spending.InputTokens)
            .SetTag("gen_ai.usage.output_tokens", spending.OutputTokens);
        await record.EndAsync(
            answer.ConversationId,
            answer.Turn,
            outcome,
            engine?.Said,
            (spending.InputTokens, spending.OutputTokens, spending.Cost),
            cancellationToken
        );
        return answer;
    }

    private static QuestionPlan? Remembered(QuestionPlan reading) =>
        reading.Kind is QuestionKind.Clarify or QuestionKind.Unsupported ? null : reading;
}
