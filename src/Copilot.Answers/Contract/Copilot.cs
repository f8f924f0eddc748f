using Copilot.Store.Conversations;

namespace Copilot.Answers.Contract;

/// <summary>Answers questions. The browser, Slack, the HTTP API and the command line all ask through this port.</summary>
public interface ICopilot
{
    /// <summary>The whole answer at once.</summary>
    /// <exception cref="UnknownConversationException">The request names a conversation that does not exist.</exception>
    Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken);

    /// <summary>The answer as it comes about: how it was understood, each query as it ends, the result, the words; the last part carries
    /// the whole.</summary>
    IAsyncEnumerable<AnswerPart> AskInPartsAsync(AskRequest request, CancellationToken cancellationToken);
}

/// <summary>One question, as it was typed and by whom.</summary>
public sealed record AskRequest
{
    /// <summary>1 to 2,000 characters.</summary>
    public required string Question { get; init; }

    public string? ConversationId { get; init; }

    /// <summary>What "now" means in the question; the wall clock where null.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>IANA name; the zone of clock times in the question.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The configured one where null.</summary>
    public AnswerEngine? Engine { get; init; }

    /// <summary>Who asks, for the conversation's and the audit log's sake.</summary>
    public string Asker { get; init; } = "anonymous";
}

/// <summary>A question was to continue a conversation that does not exist.</summary>
public sealed class UnknownConversationException(string conversationId)
    : Exception($"There is no conversation '{conversationId}'. Leave conversationId out to start one.")
{
    public string ConversationId { get; } = conversationId;
}
