using Copilot.Agent.Answers;
using Copilot.Incidents.Deliveries;

namespace Copilot.Slack.Conversing;

/// <summary>Asks the copilot for someone in Slack; a thread is one conversation.</summary>
internal sealed class SlackAsker(ICopilot copilot, SlackPeople people, IThreads threads)
{
    /// <summary>What threads and deliveries of Slack are kept under.</summary>
    internal const string Source = "slack";

    private const int LongestQuestion = 2000;

    /// <param name="thread">Names the conversation: channel and thread.</param>
    /// <param name="show">Told of each part as it comes; null where only the whole is wanted.</param>
    public async Task<Answer> AskAsync(string question, string userId, string thread, Func<AnswerPart, Task>? show, CancellationToken cancellation)
    {
        var request = new AskRequest
        {
            Question = question.Length <= LongestQuestion ? question : question[..LongestQuestion],
            ConversationId = await threads.ConversationOfAsync(Source, thread, cancellation),
            TimeZone = await people.TimeZoneAsync(userId, cancellation),
            Asker = $"slack:{userId}",
        };
        Answer answer;
        try
        {
            answer = await AskAsync(request, show, cancellation);
        }
        catch (UnknownConversationException)
        {
            answer = await AskAsync(request with { ConversationId = null }, show, cancellation);
        }

        await threads.KeepAsync(Source, thread, answer.ConversationId, cancellation);
        return answer;
    }

    private async Task<Answer> AskAsync(AskRequest request, Func<AnswerPart, Task>? show, CancellationToken cancellation)
    {
        if (show is null)
            return await copilot.AskAsync(request, cancellation);
        Answer? whole = null;
        await foreach (var part in copilot.AskInPartsAsync(request, cancellation))
        {
            whole = part.Complete ?? whole;
            await show(part);
        }

        return whole ?? throw new InvalidOperationException("The answer ended before it was whole.");
    }
}
