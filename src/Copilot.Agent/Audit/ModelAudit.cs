using System.Text.Json;
using Copilot.Agent.Answers;
using Copilot.Agent.Model;
using Copilot.Agent.Redaction;
using Copilot.Store;
using Copilot.Store.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Agent.Audit;

/// <summary>The record of what left for a model: written before it leaves, kept as long as the configuration says.</summary>
public sealed class ModelAudit
{
    private const int MostListed = 200;

    private const string Asking = "asking";
    private const string Interrupted = "interrupted";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly IDbContextFactory<CopilotContext> contexts;
    private readonly ModelOptions model;
    private readonly AuditOptions options;
    private readonly Redactor redactor;
    private readonly TimeProvider time;

    internal ModelAudit(IDbContextFactory<CopilotContext> contexts, ModelOptions model, AuditOptions options, Redactor redactor, TimeProvider time) =>
        (this.contexts, this.model, this.options, this.redactor, this.time) = (contexts, model, options, redactor, time);

    /// <summary>What left for one answer; null where nothing did.</summary>
    public async Task<SentToModel?> FindAsync(string conversationId, int turn, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var row = await context.Set<ModelAuditRow>().AsNoTracking().Where(row => row.ConversationId == conversationId && row.Turn == turn)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellation);
        return row is null ? null : Shown(row);
    }

    /// <summary>The newest first, without their messages.</summary>
    public async Task<IReadOnlyList<SentToModel>> NewestAsync(int limit, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<ModelAuditRow>().AsNoTracking().OrderByDescending(row => row.Id).Take(Math.Clamp(limit, 1, MostListed))
            .Select(row => new SentToModel(
                row.ConversationId, row.Turn, row.AskedAt, row.Asker, row.Provider, row.Model, row.Address, row.Rounds, row.InputTokens, row.OutputTokens, row.Cost,
                row.Currency, row.Outcome, Array.Empty<SentMessage>()))
            .ToListAsync(cancellation);
    }

    /// <summary>Forgets what has been kept long enough. Returns how many questions that was.</summary>
    public async Task<int> ForgetAsync(CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - options.KeepFor;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<ModelAuditRow>().Where(row => row.AskedAt < before).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Closes the records of questions that were being answered when the process ended. Returns how many those were.</summary>
    /// <param name="before">Questions asked since then may still be on their way.</param>
    public async Task<int> CloseInterruptedAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<ModelAuditRow>().Where(row => row.Outcome == Asking && row.AskedAt < before)
            .ExecuteUpdateAsync(row => row.SetProperty(asked => asked.Outcome, Interrupted), cancellation);
    }

    internal AuditedQuestion Begin(AskRequest request) => new(contexts, new ModelAuditRow
    {
        ConversationId = request.ConversationId,
        AskedAt = time.GetUtcNow(),
        Asker = redactor.Redact(Storable(request.Asker)),
        Provider = model.Provider,
        Model = model.Name,
        Address = ModelStatus.Of(model).Address,
        Currency = model.Price is null ? null : model.Currency,
        Outcome = Asking,
        Messages = "[]",
    });

    internal static string Written(IEnumerable<SentMessage> messages) => Storable(JsonSerializer.Serialize(messages, Json));

    // Postgres holds no NUL, neither in text nor in jsonb.
    private static string Storable(string text) => text.Replace("\0", "", StringComparison.Ordinal).Replace("\\u0000", "", StringComparison.Ordinal);

    private static SentToModel Shown(ModelAuditRow row) => new(
        row.ConversationId, row.Turn, row.AskedAt, row.Asker, row.Provider, row.Model, row.Address, row.Rounds, row.InputTokens, row.OutputTokens, row.Cost, row.Currency,
        row.Outcome, JsonSerializer.Deserialize<List<SentMessage>>(row.Messages, Json) ?? []);
}
