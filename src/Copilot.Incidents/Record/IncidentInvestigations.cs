using System.Globalization;
using System.Text;
using Copilot.Diagnosis.Investigations;
using Copilot.Incidents.Outbox;
using Copilot.Store;
using Copilot.Store.Incidents;
using Copilot.Telemetry.Text;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Record;

/// <summary>
/// Tells an open incident's room what the watch found since: in one post, at most every few minutes, and each finding once. What it
/// found before the room was opened is in the guide already.
/// </summary>
public sealed class IncidentInvestigations(
    InvestigationRepository repository,
    IDbContextFactory<CopilotContext> contexts,
    IncidentChanges changes,
    TimeProvider time
)
{
    /// <summary>Returns how many rooms were told something.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var investigations = await repository.OpenAsync(cancellationToken);
        if (investigations.Count == 0)
            return 0;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await context
            .Set<IncidentRow>()
            .AsNoTracking()
            .Where(row => row.State == IncidentState.Open)
            .ToListAsync(cancellationToken);
        var told = 0;
        foreach (var incident in open)
        {
            var news = investigations
                .Where(investigation => investigation.Source == Investigation.Watch && investigation.OpenedAt > incident.CreatedAt)
                .ToArray();
            if (news.Length > 0 && await TellAsync(context, incident, news, cancellationToken))
                told++;
        }

        return told;
    }

    private async Task<bool> TellAsync(
        CopilotContext context,
        IncidentRow incident,
        Investigation[] news,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Whoever holds the row tells; another process waits and then finds it told.
        await context.Database.ExecuteSqlAsync($"select 1 from incidents where id = {incident.Id} for update", cancellationToken);
        var lines = await context
            .Set<IncidentEventRow>()
            .AsNoTracking()
            .Where(line => line.IncidentId == incident.Id && line.Kind == IncidentEventKind.Finding)
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (lines.Exists(line => line.At > incident.CreatedAt && now - line.At < NewsThresholds.BetweenPosts))
            return false;
        var fresh = news.Where(investigation => !lines.Exists(line => line.Actor == Detection.ActorOf(investigation)))
            .Take(NewsThresholds.MostAtOnce)
            .ToArray();
        if (fresh.Length == 0)
            return false;
        foreach (var investigation in fresh)
            context.Add(
                new IncidentEventRow
                {
                    IncidentId = incident.Id,
                    At = now,
                    Kind = IncidentEventKind.Finding,
                    Actor = Detection.ActorOf(investigation),
                    Text = Hostile.Line(investigation.Summary, 500),
                }
            );
        await RoomPosts.AddAsync(context, incident.Id, Text(incident, fresh), now, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.RaiseWork(incident.Id);
        return true;
    }

    private static string Text(IncidentRow incident, Investigation[] investigations)
    {
        var ours = incident.Causes.Concat(incident.Affected).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var text = new StringBuilder("**New findings of the watch**\n");
        foreach (var investigation in investigations)
        {
            var other = investigation.Services.Any(ours.Contains) ? "" : " (none of this incident's services)";
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {Hostile.Code(investigation.Cause, 80)} since {investigation.Window.From.UtcDateTime:HH:mm} "
                    + $"UTC{other}: {Hostile.Markdown(investigation.Summary, 400)}\n"
            );
        }

        return text.ToString();
    }
}
