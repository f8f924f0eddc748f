using System.Diagnostics;
using System.Threading.Channels;
using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language;
using Copilot.Language.Questions;

namespace Copilot.Answers.Conversations;

/// <summary>Answers without any model: reads the question in the light of its conversation, carries the plan out, remembers both.</summary>
internal sealed class BuiltInCopilot(
    IInterpreter interpreter,
    KnownNamesLoader catalogues,
    ConversationStore conversations,
    PlanAnswering answering,
    TimeProvider time
) : ICopilot
{
    public async Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken) =>
        await AskAsync(request, null, cancellationToken);

    public async IAsyncEnumerable<AnswerPart> AskInPartsAsync(
        AskRequest request,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parts = Channel.CreateUnbounded<AnswerPart>();
        var asking = AskIntoAsync(request, parts.Writer, stop.Token);
        try
        {
            await foreach (var part in parts.Reader.ReadAllAsync(cancellationToken))
                yield return part;
        }
        finally
        {
            // Whoever stops listening stops the work too.
            await stop.CancelAsync();
            await asking;
        }
    }

    private async Task AskIntoAsync(AskRequest request, ChannelWriter<AnswerPart> parts, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await AskAsync(request, part => parts.TryWrite(part), cancellationToken);
            parts.TryWrite(new AnswerPart { TextDelta = answer.Text });
            parts.TryWrite(new AnswerPart { Complete = answer });
            parts.Complete();
        }
        catch (Exception failure)
        {
            parts.TryComplete(failure);
        }
    }

    private async Task<Answer> AskAsync(AskRequest request, Action<AnswerPart>? progress, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = CopilotTracing.Question(null, null);
        var previous = request.ConversationId is { } id ? await conversations.PreviousAsync(id, cancellationToken) : null;
        var asOf = request.AsOf ?? time.GetUtcNow();
        var plan = interpreter.Interpret(
            new InterpreterRequest
            {
                Question = request.Question,
                AsOf = asOf,
                TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(request.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc,
                Previous = previous,
            },
            await catalogues.CurrentAsync(cancellationToken)
        ) with
        {
            TimeZone = request.TimeZone,
        };
        var answer = await CarryOutAsync(plan, request.ConversationId ?? ConversationStore.NewId(), progress, cancellationToken);
        span?.SetTag("gen_ai.conversation.id", answer.ConversationId);
        var turn = await conversations.AddAsync(request, asOf, plan, answer, Stopwatch.GetElapsedTime(started), cancellationToken);
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
