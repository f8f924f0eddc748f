using System.Collections.Concurrent;
using Copilot.Answers.Contract;
using Copilot.Incidents.Outbox;
using Copilot.Slack.Api;

namespace Copilot.Slack.Conversing;

/// <summary>Asks the copilot for someone in Slack; a thread is one conversation.</summary>
internal sealed class SlackAsker(ICopilot copilot, SlackPeople people, IThreads threads)
{
    /// <summary>What threads and deliveries of Slack are kept under.</summary>
    internal const string Source = "slack";

    /// <summary>Whether something was asked in the thread before.</summary>
    public async Task<bool> IsBegunAsync(string thread, CancellationToken cancellationToken) =>
        await ConversationOfAsync(thread, cancellationToken) is not null;

    // A thread is one conversation; direct messages go on for years, and this morning's question is not about last night's time.
    private Task<string?> ConversationOfAsync(string thread, CancellationToken cancellationToken) =>
        threads.ConversationOfAsync(
            Source,
            thread,
            thread.Contains('/', StringComparison.Ordinal) ? null : SlackTelling.Pause,
            cancellationToken
        );

    /// <param name="thread">Names the conversation: channel and thread. Null for one that begins afresh and is not gone on with: what is
    /// typed
    /// as a command stands below nothing.</param>
    /// <param name="show">Told of each part as it comes; null where only the whole is wanted.</param>
    public async Task<Answer> AskAsync(
        string question,
        string userId,
        string? thread,
        Func<AnswerPart, Task>? show,
        CancellationToken cancellationToken
    )
    {
        var request = new AskRequest
        {
            Question = question.Length <= SlackTelling.Question ? question : question[..SlackTelling.Question],
            ConversationId = thread is null ? null : await ConversationOfAsync(thread, cancellationToken),
            TimeZone = await people.TimeZoneAsync(userId, cancellationToken),
            Asker = $"slack:{userId}",
        };
        Answer answer;
        try
        {
            answer = await AskAsync(request, show, cancellationToken);
        }
        catch (UnknownConversationException)
        {
            answer = await AskAsync(request with { ConversationId = null }, show, cancellationToken);
        }

        if (thread is not null)
            await threads.KeepAsync(Source, thread, answer.ConversationId, cancellationToken);
        return answer;
    }

    private async Task<Answer> AskAsync(AskRequest request, Func<AnswerPart, Task>? show, CancellationToken cancellationToken)
    {
        if (show is null)
            return await copilot.AskAsync(request, cancellationToken);
        Answer? whole = null;
        await foreach (var part in copilot.AskInPartsAsync(request, cancellationToken))
        {
            whole = part.Complete ?? whole;
            await show(part);
        }

        return whole ?? throw new InvalidOperationException("The answer ended before it was whole.");
    }
}

/// <summary>In which time zone a person is, so that "since ten" means their ten.</summary>
internal sealed class SlackPeople(SlackApi api)
{
    private readonly ConcurrentDictionary<string, string> _zones = new(StringComparer.Ordinal);

    /// <summary>An IANA name; UTC where Slack does not tell.</summary>
    public async Task<string> TimeZoneAsync(string userId, CancellationToken cancellationToken)
    {
        if (_zones.TryGetValue(userId, out var known))
            return known;
        try
        {
            var user = (await api.ReadAsync("users.info", new Dictionary<string, string> { ["user"] = userId }, cancellationToken)).Member(
                "user"
            );
            var zone = user.Text("tz") is { Length: > 0 } told && TimeZoneInfo.TryFindSystemTimeZoneById(told, out _) ? told : "UTC";
            if (_zones.Count >= SlackTelling.PeopleKept)
                _zones.Clear();
            return _zones[userId] = zone;
        }
        catch (Exception e) when (e is SlackErrorException or SlackRateException or HttpRequestException)
        {
            // Worth an answer in UTC, not worth none.
            return "UTC";
        }
    }
}
