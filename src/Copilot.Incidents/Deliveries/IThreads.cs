namespace Copilot.Incidents.Deliveries;

/// <summary>Which conversation a thread outside continues, across restarts.</summary>
public interface IThreads
{
    /// <returns>Null for a thread in which nothing was asked yet.</returns>
    Task<string?> ConversationOfAsync(string source, string thread, CancellationToken cancellation);

    Task KeepAsync(string source, string thread, string conversationId, CancellationToken cancellation);
}
