using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Store;
using Copilot.Store.Conversations;
using Copilot.Telemetry.Text;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Answers.Conversations;

/// <summary>Conversations in the database, so that they outlive the process and can be shared by link.</summary>
public sealed class ConversationStore(IDbContextFactory<CopilotContext> contexts, TimeProvider time)
{
    private const string NumberTaken = "23505";

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>JSON as the HTTP API writes answers.</summary>
    private static readonly JsonSerializerOptions AnswerJson = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly string[] NotCarriedOut = [Outcome.Clarify.Word(), Outcome.Unsupported.Word()];

    /// <summary>A conversation got a turn or another name, or is gone: its id. Raised by whatever thread did it.</summary>
    public event Action<string>? Changed;

    /// <summary>A new conversation's id; it is stored with its first turn.</summary>
    public static string NewId() => "c_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ConversationThresholds.IdBytes));

    /// <summary>What the conversation is about: its last turn that was carried out, with a window that ended at its "now" moved to that of
    /// the request; null where there is none.</summary>
    /// <exception cref="UnknownConversationException">There is no such conversation.</exception>
    public async Task<PreviousTurn?> PreviousAsync(string id, DateTimeOffset asOf, string question, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Set<ConversationRow>().AnyAsync(c => c.Id == id, cancellationToken))
            throw new UnknownConversationException(id);
        var turns = await context
            .Set<ConversationTurnRow>()
            .AsNoTracking()
            .Where(t => t.ConversationId == id && t.Plan != null && !NotCarriedOut.Contains(t.Outcome))
            .OrderByDescending(t => t.Number)
            .Select(t => new
            {
                t.Plan,
                t.Focus,
                t.AsOf,
            })
            .Take(ConversationThresholds.TurnsBack)
            .ToListAsync(cancellationToken);
        if (turns is not [var last, ..] || Read(last.Plan!) is not { } plan)
            return null;
        var known = turns.ConvertAll(turn => (Plan: Read(turn.Plan!), turn.AsOf, Focus: Focus(turn.Focus)));
        // The time of a trouble whose traces were shown is not what the conversation is about.
        var asked = plan.Window?.Source == PlannedWindow.FromTrouble ? known.Find(turn => !IsOfTrouble(turn.Plan)) : known[0];
        // Where the window came from is told by the turn that was not itself following another.
        var said = known
            .Select(turn => turn.Plan?.Window?.Source)
            .FirstOrDefault(source => source is not (null or PlannedWindow.FromConversation or PlannedWindow.FromTrouble));
        var focus = known[0].Focus;
        if (focus.Trouble is null && KeepsTrouble(plan))
            focus = focus with { Trouble = known.Find(turn => turn.Focus.Trouble is not null || !KeepsTrouble(turn.Plan)).Focus?.Trouble };
        return focus.ToTurn(
            RollingWindow.At(plan with { Window = asked.Plan?.Window }, asked.AsOf, asOf, said ?? PlannedWindow.FromConversation, question)
        );
    }

    private static bool IsOfTrouble(QuestionPlan? plan) => plan?.Window is null or { Source: PlannedWindow.FromTrouble };

    // "is it over?", "who is on call?" and its traces are about the same trouble still.
    private static bool KeepsTrouble(QuestionPlan? plan) =>
        plan
            is { Kind: QuestionKind.Period or QuestionKind.Owners or QuestionKind.Involved or QuestionKind.Changes }
                or { Kind: QuestionKind.Traces, Window.Source: PlannedWindow.FromTrouble };

    private static TurnFocus Focus(string? focus) =>
        (focus is null ? null : JsonSerializer.Deserialize<TurnFocus>(focus, Json)) ?? new TurnFocus([], [], []);

    private static QuestionPlan? Read(string plan) => JsonSerializer.Deserialize<QuestionPlan>(plan, Json);

    /// <summary>Adds a turn, and the conversation with its first one.</summary>
    /// <param name="plan">How the question was read; null where a model answered without a plan.</param>
    /// <returns>The turn's number, from 1.</returns>
    public async Task<int> AddAsync(
        AskRequest request,
        DateTimeOffset asOf,
        QuestionPlan? plan,
        Answer answer,
        TimeSpan elapsed,
        CancellationToken cancellationToken
    )
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var number = await TryAddAsync(request, asOf, plan, answer, elapsed, cancellationToken);
                Changed?.Invoke(answer.ConversationId);
                return number;
            }
            catch (DbUpdateException taken)
                when (tries < ConversationThresholds.TriesForNumber && taken.InnerException is DbException { SqlState: NumberTaken })
            {
                // Two asked in the same conversation at once: the later one takes the next number.
            }
        }
    }

    private async Task<int> TryAddAsync(
        AskRequest request,
        DateTimeOffset asOf,
        QuestionPlan? plan,
        Answer answer,
        TimeSpan elapsed,
        CancellationToken cancellationToken
    )
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var known = await context.Set<ConversationRow>().FirstOrDefaultAsync(c => c.Id == answer.ConversationId, cancellationToken);
        if (known is null)
        {
            var title = Clean(request.Question);
            context.Add(
                new ConversationRow
                {
                    Id = answer.ConversationId,
                    Asker = Clean(request.Asker),
                    Title = TextStart.Of(title, ConversationThresholds.LongestTitle),
                    CreatedAt = now,
                    UpdatedAt = now,
                }
            );
        }
        else
        {
            known.UpdatedAt = now;
        }

        var last =
            await context
                .Set<ConversationTurnRow>()
                .Where(t => t.ConversationId == answer.ConversationId)
                .MaxAsync(t => (int?)t.Number, cancellationToken)
            ?? 0;
        context.Add(
            new ConversationTurnRow
            {
                ConversationId = answer.ConversationId,
                Number = last + 1,
                AskedAt = now,
                Asker = Clean(request.Asker),
                Question = Clean(request.Question),
                AsOf = asOf.ToUniversalTime(),
                TimeZone = request.TimeZone,
                Engine = answer.Engine,
                Outcome = answer.Outcome.Word(),
                ElapsedMs = elapsed.TotalMilliseconds,
                Plan = plan is null ? null : Clean(JsonSerializer.Serialize(plan, Json)),
                Focus = Clean(JsonSerializer.Serialize(TurnFocus.Of(answer), Json)),
                Answer = Clean(JsonSerializer.Serialize(answer, AnswerJson)),
            }
        );
        await context.SaveChangesAsync(cancellationToken);
        return last + 1;
    }

    /// <summary>A conversation's turns in order; empty where there is none.</summary>
    public async Task<IReadOnlyList<ConversationTurnRow>> TurnsAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context
            .Set<ConversationTurnRow>()
            .AsNoTracking()
            .Where(t => t.ConversationId == id)
            .OrderBy(t => t.Number)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Pinned ones, then the newest.</summary>
    public async Task<IReadOnlyList<ConversationRow>> NewestAsync(int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context
            .Set<ConversationRow>()
            .AsNoTracking()
            .OrderByDescending(c => c.Pinned)
            .ThenByDescending(c => c.UpdatedAt)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    /// <param name="name">Empty: its first question names it again.</param>
    public Task RenameAsync(string id, string name, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            row => row.Name = Clean(name).Trim() is { Length: > 0 } given ? TextStart.Of(given, ConversationThresholds.LongestTitle) : null,
            cancellationToken
        );

    public Task PinAsync(string id, bool pinned, CancellationToken cancellationToken) =>
        ChangeAsync(id, row => row.Pinned = pinned, cancellationToken);

    /// <summary>With all its turns; what left for a model stays on record.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Set<ConversationRow>().Where(c => c.Id == id).ExecuteDeleteAsync(cancellationToken);
        Changed?.Invoke(id);
    }

    private async Task ChangeAsync(string id, Action<ConversationRow> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Set<ConversationRow>().FirstOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } row)
            return;
        change(row);
        await context.SaveChangesAsync(cancellationToken);
        Changed?.Invoke(id);
    }

    /// <summary>The answer of a turn as it was given.</summary>
    public static Answer? AnswerOf(ConversationTurnRow turn) =>
        JsonSerializer.Deserialize<Answer>(turn.Answer, AnswerJson) is { } answer ? answer with { Turn = turn.Number } : null;

    // Postgres holds no NUL, neither in text nor in jsonb.
    internal static string Clean(string text) =>
        text.Replace("\0", "", StringComparison.Ordinal).Replace("\\u0000", "", StringComparison.Ordinal);
}
