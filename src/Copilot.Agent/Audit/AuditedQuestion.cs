using Copilot.Agent.Model;
using Copilot.Store;
using Copilot.Store.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace Copilot.Agent.Audit;

/// <summary>The record of one question: it grows before each round leaves and is closed with the answer.</summary>
internal sealed class AuditedQuestion(IDbContextFactory<CopilotContext> contexts, ModelAuditRow row)
{
    /// <summary>Records what is about to leave. What cannot be recorded does not leave.</summary>
    public async Task BeforeSendingAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellation)
    {
        row.Messages = ModelAudit.Written(messages.SelectMany(SentMessage.Of));
        row.Rounds++;
        await SaveAsync(cancellation);
    }

    /// <summary>Closes the record.</summary>
    /// <param name="outcome">"answered", or why the built-in interpreter stood in.</param>
    /// <param name="said">What the model said last; null where nothing came.</param>
    public async Task EndAsync(string conversationId, int? turn, string outcome, string? said, Spending? spending, CancellationToken cancellation)
    {
        // Nothing left, so there is nothing to tell.
        if (row.Rounds == 0) return;
        (row.ConversationId, row.Turn, row.Outcome) = (conversationId, turn, outcome);
        (row.InputTokens, row.OutputTokens, row.Cost) = (spending?.InputTokens ?? 0, spending?.OutputTokens ?? 0, spending?.Cost);
        if (said is not null) row.Messages = row.Messages[..^1] + "," + ModelAudit.Written([new SentMessage("assistant", said)])[1..];
        await SaveAsync(cancellation);
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (row.Id == 0) context.Add(row);
        else context.Update(row);
        await context.SaveChangesAsync(cancellation);
    }
}
