using System.Globalization;
using System.Text;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Outbox;
using Copilot.Store;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Record;

/// <summary>
/// The guide promises the next word in half an hour: an open incident's room is asked for it then, with how its services are. A few
/// times; whoever works on it for longer has a rhythm of their own.
/// </summary>
internal sealed class IncidentReminders(
    IDbContextFactory<CopilotContext> contexts,
    RecoveryReader recovery,
    IncidentChanges changes,
    TimeProvider time
)
{
    /// <summary>Returns how many incidents were reminded of.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var (newest, oldest) = (now - ReminderThresholds.Between, now - (ReminderThresholds.Most + 1) * ReminderThresholds.Between);
        var due = await context
            .Set<IncidentRow>()
            .AsNoTracking()
            .Where(row => row.State == IncidentState.Open && row.CreatedAt <= newest && row.CreatedAt > oldest)
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        var reminded = 0;
        foreach (var id in due)
        {
            if (await RemindAsync(context, id, now, cancellationToken))
                reminded++;
        }

        return reminded;
    }

    private async Task<bool> RemindAsync(CopilotContext context, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
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
        && incident.Timeline.Count(line => line.Kind == IncidentEventKind.Reminder) < ReminderThresholds.Most;

    private static DateTimeOffset Last(Incident incident) =>
        incident
            .Timeline.Where(line => line.Kind is IncidentEventKind.Reminder or IncidentEventKind.Reopened)
            .Select(line => line.At)
            .Prepend(incident.CreatedAt)
            .Max();

    private static string Text(Incident incident, RecoveryState state, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"**The next word is due**, {(now - Last(incident)).TotalMinutes:0} min after the last.");
        text.Append(state.IsOver ? " It looks over.\n" : "\n");
        foreach (var check in state.Checks)
            text.Append("- ").Append(check.Told).Append('\n');
        if (
            incident.Guide.Document.ToDo.FirstOrDefault(step => !incident.Guide.Ticks.ContainsKey(step.Number)) is { } step
            && !state.IsOver
        )
            text.Append("- next in the guide: ").Append(step.Text).Append('\n');
        text.Append(state.IsOver ? "Resolve it, and tell" : "Tell").Append(" those whom the guide names under *Tell*.");
        return text.ToString();
    }
}
