using System.Runtime.CompilerServices;
using Copilot.Models.Audit;
using Microsoft.Extensions.AI;

namespace Copilot.Models.Engine;

/// <summary>A client that leaves nothing unrecorded: every request passes the record before it leaves.</summary>
internal sealed class AuditedChatClient(IChatClient client, AuditedQuestion question) : DelegatingChatClient(client)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var sent = messages.ToList();
        await question.BeforeSendingAsync(sent, cancellationToken);
        return await base.GetResponseAsync(sent, options, cancellationToken);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var sent = messages.ToList();
        await question.BeforeSendingAsync(sent, cancellationToken);
        await foreach (var update in base.GetStreamingResponseAsync(sent, options, cancellationToken))
            yield return update;
    }
}
