using System.Globalization;
using System.Text;
using System.Text.Json;
using Copilot.Incidents.Findings;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Outbox;
using Copilot.Store;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Incidents.Desk;

/// <summary>
/// Tells an open incident's room what the watch found since: in one post, at most every few minutes, and each finding once. What it
/// found before the room was opened is in the guide already.
/// </summary>
public sealed class IncidentFindings(
    FindingBoard board, IDbContextFactory<CopilotContext> contexts, IncidentChanges changes, TimeProvider time, ILogger<IncidentFindings> log) : BackgroundService
{
    /// <summary>People in a room are at work; more would be noise.</summary>
    public static readonly TimeSpan BetweenPosts = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private const int MostAtOnce = 8;

    /// <summary>Returns how many rooms were told something.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var findings = await board.OpenAsync(cancellation);
        if (findings.Count == 0)
            return 0;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var open = await context.Set<IncidentRow>().AsNoTracking().Where(row => row.State == "open").ToListAsync(cancellation);
        var told = 0;
        foreach (var incident in open)
        {
            var news = findings.Where(finding => finding.Source == Finding.Watch && finding.OpenedAt > incident.CreatedAt).ToArray();
            if (news.Length > 0 && await TellAsync(context, incident, news, cancellation))
                told++;
        }

        return told;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await RunAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogWarning(e, "Findings could not be told to the incidents' rooms; trying again");
                }

                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops.
        }
    }

    private async Task<bool> TellAsync(CopilotContext context, IncidentRow incident, Finding[] news, CancellationToken cancellation)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        // Whoever holds the row tells; another process waits and then finds it told.
        await context.Database.ExecuteSqlAsync($"select 1 from incidents where id = {incident.Id} for update", cancellation);
        var lines = await context.Set<IncidentEventRow>().AsNoTracking().Where(line => line.IncidentId == incident.Id && line.Kind == "finding").ToListAsync(cancellation);
        var now = time.GetUtcNow();
        if (lines.Exists(line => now - line.At < BetweenPosts))
            return false;
        var fresh = news.Where(finding => !lines.Exists(line => line.Actor == ActorOf(finding))).Take(MostAtOnce).ToArray();
        if (fresh.Length == 0)
            return false;
        foreach (var finding in fresh)
            context.Add(new IncidentEventRow { IncidentId = incident.Id, At = now, Kind = "finding", Actor = ActorOf(finding), Text = Hostile.Line(finding.Summary, 500) });
        var steps = await context.Set<IncidentStepRow>().AsNoTracking()
            .Where(step => step.IncidentId == incident.Id && step.Kind != "page" && step.Kind != "page_end").ToListAsync(cancellation);
        foreach (var room in steps.GroupBy(step => step.Room).Where(room => room.Any(step => step is { Kind: "open", State: "done" })))
        {
            context.Add(new IncidentStepRow
            {
                IncidentId = incident.Id,
                Room = room.Key,
                Place = room.Max(step => step.Place) + 1,
                Kind = "post",
                Payload = JsonSerializer.Serialize(new StepPayload { Text = Text(incident, fresh) }),
                NotBefore = now,
            });
        }

        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.RaiseWork(incident.Id);
        return true;
    }

    // Names the finding too, so that it is told once.
    private static string ActorOf(Finding finding) => $"watch {finding.Id}";

    private static string Text(IncidentRow incident, Finding[] findings)
    {
        var ours = incident.Causes.Concat(incident.Affected).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var text = new StringBuilder("**New findings of the watch**\n");
        foreach (var finding in findings)
        {
            var other = finding.Services.Any(ours.Contains) ? "" : " (none of this incident's services)";
            text.Append(CultureInfo.InvariantCulture, $"- {Hostile.Code(finding.Cause, 80)} since {finding.Window.From.UtcDateTime:HH:mm} UTC{other}: {Hostile.Markdown(finding.Summary, 400)}\n");
        }

        return text.ToString();
    }
}
