using System.Collections.Concurrent;
using Copilot.Agent.Answers;

namespace Copilot.Slack.Conversing;

/// <summary>Asks the copilot for someone in Slack; a thread is one conversation.</summary>
internal sealed class SlackAsker(ICopilot copilot)
{
    private const int LongestQuestion = 2000;
    private const int MostThreads = 5000;

    private readonly ConcurrentDictionary<string, string> conversations = new(StringComparer.Ordinal);

    /// <param name="thread">Names the conversation: channel and thread.</param>
    public async Task<Answer> AskAsync(string question, string userId, string thread, CancellationToken cancellation)
    {
        var request = new AskRequest
        {
            Question = question.Length <= LongestQuestion ? question : question[..LongestQuestion],
            ConversationId = conversations.GetValueOrDefault(thread),
            Asker = $"slack:{userId}",
        };
        Answer answer;
        try
        {
            answer = await copilot.AskAsync(request, cancellation);
        }
        catch (UnknownConversationException)
        {
            answer = await copilot.AskAsync(request with { ConversationId = null }, cancellation);
        }

        if (conversations.Count >= MostThreads)
            conversations.Clear();
        conversations[thread] = answer.ConversationId;
        return answer;
    }
}
