using Copilot.Diagnosis.Investigations;
using Copilot.Store;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Copilot.Incidents.Outbox;

/// <summary>Takes one due step after the other: claim and commit, act outside, write down what came of it.</summary>
internal sealed class Outbox(
    IDbContextFactory<CopilotContext> contexts,
    StepRunner runner,
    IncidentChanges changes,
    TimeProvider time,
    ILogger<Outbox> log
)
{
    private readonly string _holder = LeaseHolder.Own;

    /// <summary>
    /// Gives back what processes of this machine held when they died, so that a restart goes on at once. Leases of other machines
    /// run out by themselves.
    /// </summary>
    public async Task ReleaseOfTheDeadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var running = await context
            .Set<IncidentStepRow>()
            .AsNoTracking()
            .Where(step => step.State == StepState.Running && step.LeaseUntil > now)
            .ToListAsync(cancellationToken);
        foreach (var step in running.Where(step => step.LeaseHolder is { } other && LeaseHolder.IsDead(other)))
        {
            await context
                .Set<IncidentStepRow>()
                .Where(row => row.Id == step.Id && row.LeaseHolder == step.LeaseHolder)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.LeaseUntil, now.AddSeconds(-1)), cancellationToken);
        }
    }

    /// <summary>False where nothing is due.</summary>
    public async Task<bool> RunOneAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var step = await context.ClaimStepAsync(_holder, time.GetUtcNow(), OutboxThresholds.Lease, cancellationToken);
        if (step is null)
            return false;
        try
        {
            var outcome = await runner.RunAsync(context, step, cancellationToken);
            await FinishAsync(context, step, outcome, cancellationToken);
        }
        catch (DeliveryBusyException e)
        {
            await AgainAsync(context, step, e.RetryAfter, step.InDoubt, e.Message, cancellationToken);
        }
        catch (DeliveryRefusedException e)
        {
            await FailAsync(context, step, e.Message, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // No answer came, or none that is understood, so it may have happened.
            log.LogWarning(e, "Step {Kind} of {Incident} got no answer", step.Kind.Word(), step.IncidentId);
            if (step.Attempts >= OutboxThresholds.MostAttempts)
                await FailAsync(context, step, $"No answer after {OutboxThresholds.MostAttempts} tries: {e.Message}", cancellationToken);
            else
                await AgainAsync(context, step, Pause(step.Attempts), true, e.Message, cancellationToken);
        }

        changes.Raise(step.IncidentId);
        return true;
    }

    private async Task FinishAsync(CopilotContext context, IncidentStepRow step, StepOutcome outcome, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context
            .Set<IncidentStepRow>()
            .Where(row => row.Id == step.Id && row.LeaseHolder == _holder)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(r => r.State, StepState.Done)
                        .SetProperty(r => r.ExternalId, outcome.ExternalId)
                        .SetProperty(r => r.ExternalName, outcome.RoomName)
                        .SetProperty(r => r.Error, (string?)null)
                        .SetProperty(r => r.FinishedAt, now),
                cancellationToken
            );
        foreach (var (guest, result) in outcome.Guests)
        {
            await context
                .Set<IncidentInviteeRow>()
                .Where(row => row.IncidentId == step.IncidentId && row.Place == guest.Place)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(r => r.Outcome, result.Outcome).SetProperty(r => r.Detail, result.Detail),
                    cancellationToken
                );
            context.Add(
                Event(
                    step,
                    IncidentEventKind.Invite,
                    $"{guest.Name}: {result.Outcome.Word().Replace('_', ' ')}{(result.Detail is null ? "" : $" ({result.Detail})")}",
                    now
                )
            );
        }

        if (outcome.Paged is { } paged)
        {
            await context
                .Set<IncidentInviteeRow>()
                .Where(row => row.IncidentId == step.IncidentId && row.Place == paged)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(r => r.Page, PageState.Paged).SetProperty(r => r.PageDetail, (string?)null),
                    cancellationToken
                );
        }

        if (outcome.Event is { } line)
            context.Add(Event(step, line.Kind, line.Text, now));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private Task<int> AgainAsync(
        CopilotContext context,
        IncidentStepRow step,
        TimeSpan pause,
        bool inDoubt,
        string error,
        CancellationToken cancellationToken
    )
    {
        var notBefore = time.GetUtcNow() + pause;
        return context
            .Set<IncidentStepRow>()
            .Where(row => row.Id == step.Id && row.LeaseHolder == _holder)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(r => r.State, StepState.Waiting)
                        .SetProperty(r => r.InDoubt, inDoubt)
                        .SetProperty(r => r.NotBefore, notBefore)
                        .SetProperty(r => r.Error, error),
                cancellationToken
            );
    }

    private async Task FailAsync(CopilotContext context, IncidentStepRow step, string error, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context
            .Set<IncidentStepRow>()
            .Where(row => row.Id == step.Id && row.LeaseHolder == _holder)
            .ExecuteUpdateAsync(
                row => row.SetProperty(r => r.State, StepState.Failed).SetProperty(r => r.Error, error).SetProperty(r => r.FinishedAt, now),
                cancellationToken
            );
        if (step.Kind == StepKind.Open)
        {
            // Without a room there is nothing to put anything into.
            await context
                .Set<IncidentStepRow>()
                .Where(row => row.IncidentId == step.IncidentId && row.Room == step.Room && row.State == StepState.Waiting)
                // But whoever asked for one is told.
                .Where(row => row.Kind != StepKind.Report)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(r => r.State, StepState.Skipped).SetProperty(r => r.FinishedAt, now),
                    cancellationToken
                );
            await RefuseWaitingAsync(context, step.IncidentId, "the room could not be opened", cancellationToken);
        }
        else if (step.Kind == StepKind.Invite)
        {
            await RefuseWaitingAsync(context, step.IncidentId, error, cancellationToken);
        }
        else if (step.Kind == StepKind.Page)
        {
            await context
                .Set<IncidentInviteeRow>()
                .Where(row => row.IncidentId == step.IncidentId && row.Place == step.Place)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(r => r.Page, PageState.Refused).SetProperty(r => r.PageDetail, error),
                    cancellationToken
                );
        }

        context.Add(Event(step, IncidentEventKind.Problem, $"{step.Room}, {step.Kind.Word()}: {error}", now));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Nobody who still waits to be invited will be.</summary>
    private static Task<int> RefuseWaitingAsync(CopilotContext context, string incident, string why, CancellationToken cancellationToken) =>
        context
            .Set<IncidentInviteeRow>()
            .Where(row => row.IncidentId == incident && row.Outcome == InviteOutcome.Waiting)
            .ExecuteUpdateAsync(
                row => row.SetProperty(r => r.Outcome, InviteOutcome.Refused).SetProperty(r => r.Detail, why),
                cancellationToken
            );

    private static IncidentEventRow Event(IncidentStepRow step, IncidentEventKind kind, string text, DateTimeOffset now) =>
        new()
        {
            IncidentId = step.IncidentId,
            At = now,
            Kind = kind,
            Actor = step.Room,
            Text = text,
        };

    private static TimeSpan Pause(int attempts)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, attempts - 1));
        return pause < OutboxThresholds.LongestPause ? pause : OutboxThresholds.LongestPause;
    }
}
