namespace Copilot.Agent.Answers;

/// <summary>A question was to continue a conversation that does not exist.</summary>
public sealed class UnknownConversationException(string conversationId)
    : Exception($"There is no conversation '{conversationId}'. Leave conversationId out to start one.")
{
    public string ConversationId { get; } = conversationId;
}
