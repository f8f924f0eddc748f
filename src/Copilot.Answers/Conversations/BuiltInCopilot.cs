using System.Diagnostics;
using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;

namespace Copilot.Answers.Conversations;

/// <summary>Answers without any model: reads the question in the light of its conversation, carries the plan out, remembers both.</summary>
internal sealed class BuiltInCopilot(QuestionReader reader, ConversationStore conversations, PlanAnswering answering) : ICopilot
{
    public async Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken) =>
        await AskAsync(request, null, cancellationToken);

    public IAsyncEnumerable<AnswerPart> AskInPartsAsync(AskRequest request, CancellationToken cancellationToken) =>
        AnswerStream.ReadAsync(
            async (progress, stop) =>
            {
                var answer = await AskAsync(request, progress, stop);
                progress(new AnswerPart { TextDelta = answer.Text });
                return answer;
            },
            cancellationToken
        );

    private async Task<Answer> AskAsync(AskRequest request, Action<AnswerPart>? progress, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = CopilotTracing.Question(null, null);
        var read = await reader.ReadAsync(request, cancellationToken);
        var answer = await CarryOutAsync(read.Plan, request.ConversationId ?? ConversationStore.NewId(), progress, cancellationToken);
        span?.SetTag("gen_ai.conversation.id", answer.ConversationId);
        var turn = await conversations.AddAsync(
            request,
            read.AsOf,
            read.Plan,
            answer,
            Stopwatch.GetElapsedTime(started),
            cancellationToken
        );
        return answer with { Turn = turn };
    }

    private async Task<Answer> CarryOutAsync(
        QuestionPlan plan,
        string conversation,
        Action<AnswerPart>? progress,
        CancellationToken cancellationToken
    )
    {
        using var span = CopilotTracing.Tool(plan.Intent(), null);
        return await answering.AnswerAsync(plan, conversation, progress, cancellationToken);
    }
}
