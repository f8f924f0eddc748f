using Copilot.Store;
using Copilot.Store.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace Copilot.Models.Audit;

/// <summary>The record of one question: it grows before each round leaves and is closed with the answer.</summary>
internal sealed class AuditedQuestion(IDbContextFactory<CopilotContext> contexts, ModelAuditRow row)
{
    /// <summary>Records what is about to leave. What cannot be recorded does not leave.</summary>
    public async Task BeforeSendingAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        row.Messages = ModelAudit.Written(messages.SelectMany(SentMessage.Of));
        row.Rounds++;
        await SaveAsync(cancellationToken);
    }

    /// <summary>Closes the record.</summary>
    /// <param name="outcome"><see cref="SentToModel.Answered"/>, or why the built-in interpreter stood in.</param>
    /// <param name="spent">Tokens, and the money where prices are known.</param>
    /// <param name="said">What the model said last; null where nothing came.</param>
    public async Task EndAsync(
        string conversationId,
        int? turn,
        string outcome,
        string? said,
        (long InputTokens, long OutputTokens, decimal? Cost) spent,
        CancellationToken cancellationToken
    )
    {
        // Nothing left, so there is nothing to tell.
        if (row.Rounds == 0)
            return;
        (row.ConversationId, row.Turn, row.Outcome) = (conversationId, turn, outcome);
        (row.InputTokens, row.OutputTokens, row.Cost) = spent;
        if (said is not null)
            row.Messages = row.Messages[..^1] + "," + ModelAudit.Written([new SentMessage("assistant", said)])[1..];
        await SaveAsync(cancellationToken);
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (row.Id == 0)
            context.Add(row);
        else
            context.Update(row);
        await context.SaveChangesAsync(cancellationToken);
    }
}
