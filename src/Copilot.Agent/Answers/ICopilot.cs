namespace Copilot.Agent.Answers;

/// <summary>Answers questions. The browser, Slack, the HTTP API and the command line all ask through this port.</summary>
public interface ICopilot
{
    /// <summary>The whole answer at once.</summary>
    /// <exception cref="UnknownConversationException">The request names a conversation that does not exist.</exception>
    Task<Answer> AskAsync(AskRequest request, CancellationToken cancellation);

    /// <summary>The answer as it comes about: how it was understood, each query as it ends, the result, the words; the last part carries the whole.</summary>
    IAsyncEnumerable<AnswerPart> AskInPartsAsync(AskRequest request, CancellationToken cancellation);
}
