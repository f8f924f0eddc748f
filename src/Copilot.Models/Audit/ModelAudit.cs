using System.Linq.Expressions;
using System.Text.Json;
using Copilot.Answers.Contract;
using Copilot.Models.Providers;
using Copilot.Store;
using Copilot.Store.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Models.Audit;

/// <summary>The record of what left for a model: written before it leaves, kept as long as the configuration says.</summary>
public sealed class ModelAudit
{
    private const string Asking = "asking";
    private const string Interrupted = "interrupted";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>All but the messages, which are long.</summary>
    private static readonly Expression<Func<ModelAuditRow, SentToModel>> Briefly = row => new SentToModel(
        row.ConversationId,
        row.Turn,
        row.AskedAt,
        row.Asker,
        row.Provider,
        row.Model,
        row.Address,
        row.Rounds,
        row.InputTokens,
        row.OutputTokens,
        row.Cost,
        row.Currency,
        row.Outcome,
        Array.Empty<SentMessage>()
    );

    private readonly IDbContextFactory<CopilotContext> _contexts;
    private readonly ModelOptions _model;
    private readonly AuditOptions _options;
    private readonly Redactor _redactor;
    private readonly TimeProvider _time;

    internal ModelAudit(
        IDbContextFactory<CopilotContext> contexts,
        ModelOptions model,
        AuditOptions options,
        Redactor redactor,
        TimeProvider time
    ) => (this._contexts, this._model, this._options, this._redactor, this._time) = (contexts, model, options, redactor, time);

    /// <summary>What left for one answer; null where nothing did.</summary>
    public async Task<SentToModel?> FindAsync(string conversationId, int turn, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        var row = context
            .Set<ModelAuditRow>()
            .AsNoTracking()
            .Where(row => row.ConversationId == conversationId && row.Turn == turn)
            .OrderByDescending(row => row.Id);
        if (await row.Select(Briefly).FirstOrDefaultAsync(cancellationToken) is not { } sent)
            return null;
        var messages = await row.Select(found => found.Messages).FirstAsync(cancellationToken);
        return sent with { Messages = JsonSerializer.Deserialize<List<SentMessage>>(messages, Json) ?? [] };
    }

    /// <summary>The newest first, without their messages.</summary>
    public async Task<IReadOnlyList<SentToModel>> NewestAsync(int limit, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await context
            .Set<ModelAuditRow>()
            .AsNoTracking()
            .OrderByDescending(row => row.Id)
            .Take(Math.Clamp(limit, 1, AuditThresholds.Listed))
            .Select(Briefly)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Forgets what has been kept long enough. Returns how many questions that was.</summary>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var before = _time.GetUtcNow() - _options.KeepFor;
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<ModelAuditRow>().Where(row => row.AskedAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Closes the records of questions that were being answered when the process ended. Returns how many those were.</summary>
    /// <param name="before">Questions asked since then may still be on their way.</param>
    public async Task<int> CloseInterruptedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await context
            .Set<ModelAuditRow>()
            .Where(row => row.Outcome == Asking && row.AskedAt < before)
            .ExecuteUpdateAsync(row => row.SetProperty(asked => asked.Outcome, Interrupted), cancellationToken);
    }

    internal AuditedQuestion Begin(AskRequest request) =>
        new(
            _contexts,
            new ModelAuditRow
            {
                ConversationId = request.ConversationId,
                AskedAt = _time.GetUtcNow(),
                Asker = _redactor.Redact(Storable(request.Asker)),
                Provider = _model.Provider,
                Model = _model.Name,
                Address = ModelStatus.Of(_model).Address,
                Currency = _model.Price is null ? null : _model.Currency,
                Outcome = Asking,
                Messages = "[]",
            }
        );

    internal static string Written(IEnumerable<SentMessage> messages) => Storable(JsonSerializer.Serialize(messages, Json));

    // Postgres holds no NUL, neither in text nor in jsonb.
    private static string Storable(string text) =>
        text.Replace("\0", "", StringComparison.Ordinal).Replace("\\u0000", "", StringComparison.Ordinal);
}

/// <summary>The record of what left for a model; section <c>Audit</c> of the configuration.</summary>
public sealed record AuditOptions
{
    public TimeSpan KeepFor { get; init; } = AuditThresholds.KeptFor;
}

/// <summary>Closes at the start what an earlier process left open, and forgets old records once an hour.</summary>
internal sealed class AuditRetention(ModelAudit audit, TimeProvider time, ILogger<AuditRetention> logger) : BackgroundService
{
    // Another process on the same store that is still answering writes the true outcome over this in the end.
    private readonly DateTimeOffset _start = time.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(AuditThresholds.Pause, time);
        do
        {
            try
            {
                await audit.CloseInterruptedAsync(_start, stoppingToken);
                await audit.ForgetAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogWarning(
                    failure,
                    "Old records of what left for a model could not be closed or dropped; it is tried again in an hour."
                );
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
