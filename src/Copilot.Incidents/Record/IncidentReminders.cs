using System.Globalization;
using System.Text;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Outbox;
using Copilot.Store;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Copilot.Incidents.Record;

/// <summary>
/// The guide promises the next word in half an hour: an open incident's room is asked for it then, with how its services are. A few
/// times; whoever works on it for longer has a rhythm of their own.
/// </summary>
internal sealed class IncidentReminders(
    IDbContextFactory<CopilotContext> contexts,
    RecoveryReader recovery,
    IncidentChanges changes,
    TimeProvider time,
    ILogger<IncidentReminders> log
)
{
    /// <summary>Returns how many incidents were reminded of.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var (newest, oldest) = (now - ReminderThresholds.Between, now - ReminderThresholds.Until);
        var due = await context
            .Set<IncidentRow>()
            .AsNoTracking()
            .Where(row => row.State == IncidentState.Open && row.CreatedAt <= newest && row.CreatedAt > oldest)
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        var reminded = 0;
        foreach (var id in due)
        {
            try
            {
                if (await RemindAsync(id, now, cancellationToken))
                    reminded++;
            }
#pragma warning disable CA1031 // Whatever one incident meets must not keep the others from being told.
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                log.LogWarning(e, "The room of incident {Incident} could not be asked for the next word; trying again", id);
            }
        }

        return reminded;
    }

    private async Task<bool> RemindAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Whoever holds the row reminds; another process waits and then finds it done.
        await context.Database.ExecuteSqlAsync($"select 1 from incidents where id = {id} for update", cancellationToken);
        if (await IncidentReader.ReadAsync(context, id, cancellationToken) is not { IsResolved: false } incident || !IsDue(incident, now))
            return false;
        var text = Text(incident, await recovery.ReadAsync(incident, cancellationToken), now);
        if (!await RoomPosts.AddAsync(context, id, text, now, cancellationToken))
            return false;
        context.Add(
            new IncidentEventRow
            {
                IncidentId = id,
                At = now,
                Kind = IncidentEventKind.Reminder,
                Actor = "copilot",
                Text = "asked the room for the next word",
            }
        );
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.RaiseWork(id);
        return true;
    }

    private static bool IsDue(Incident incident, DateTimeOffset now) =>
        now - Last(incident) >= ReminderThresholds.Between
        && incident.Rooms.Any(room => room.Id is not null)
        // Only where a next word was promised.
        && incident.Guide.Document.Sections.Any(section => section.Heading == GuideSection.Tell)
        && incident.Timeline.Count(line => line.Kind == IncidentEventKind.Reminder) < ReminderThresholds.Most;

    // A note is a word, too.
    private static DateTimeOffset Last(Incident incident) =>
        incident
            .Timeline.Where(line => line.Kind is IncidentEventKind.Reminder or IncidentEventKind.Reopened or IncidentEventKind.Note)
            .Select(line => line.At)
            .Prepend(incident.CreatedAt)
            .Max();

    private static string Text(Incident incident, RecoveryState state, DateTimeOffset now)
    {
        var text = new StringBuilder();
        var told = (now - Last(incident)).TotalMinutes;
        text.Append(
            CultureInfo.InvariantCulture,
            $"**The next word is due**: {told:0} min have passed.{(state.IsOver ? " It looks over." : "")}"
        );
        text.Append(state.Window.IsEmpty ? "\n" : Of(state.Window));
        foreach (var check in state.Checks)
            text.Append("- ").Append(check.Told).Append('\n');
        if (incident.Guide.Next is { } step && !state.IsOver)
            text.Append("- next in the guide: ").Append(step.Text).Append('\n');
        text.Append(state.IsOver ? "Resolve it, and tell" : "Tell").Append(" those whom the guide names under *Tell*.");
        return text.ToString();
    }

    private static string Of(TimeWindow measured) =>
        FormattableString.Invariant($" In the last {(measured.To - measured.From).TotalMinutes:0} min:\n");
}
