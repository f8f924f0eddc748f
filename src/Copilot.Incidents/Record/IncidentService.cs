using System.Text.Json;
using Copilot.Diagnosis.Investigations;
using Copilot.Incidents.Outbox;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Rooms;
using Copilot.Store;
using Copilot.Store.Incidents;
using Copilot.Store.Retention;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Text;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Record;

/// <summary>Incidents in Postgres. An incident, its people and every step outside are written in one transaction.</summary>
internal sealed class IncidentService(
    IDbContextFactory<CopilotContext> contexts,
    IEnumerable<IRoomPort> rooms,
    IncidentsOptions options,
    CitedTraces cited,
    IncidentChanges changes,
    InvestigationRepository findings,
    TimeProvider time,
    IPagePort? pages = null
) : IIncidents
{
    public async Task<Incident> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The lock makes a second confirmation wait for the first and then find its incident.
        var row =
            (
                await context
                    .Set<ProposalRow>()
                    .FromSql($"select * from proposals where id = {confirmation.ProposalId} for update")
                    .AsNoTracking()
                    .ToListAsync(cancellationToken)
            ).SingleOrDefault() ?? throw new UnknownProposalException(confirmation.ProposalId);
        if (row.Digest != confirmation.Digest)
            throw new ChangedProposalException(confirmation.ProposalId);
        var id = "i_" + row.Id["p_".Length..];
        if (!await context.Set<IncidentRow>().AnyAsync(incident => incident.Id == id, cancellationToken))
        {
            if (row.CreatedAt <= time.GetUtcNow() - options.ProposalsLast)
                throw new UnknownProposalException(confirmation.ProposalId);
            var proposal = ProposalBody.Read(row.Body);
            await SameCause.LockAsync(context, cancellationToken);
            if (await SameCause.ToShareAsync(context, proposal, cancellationToken) is { } existing)
                return (await IncidentReader.ReadAsync(context, existing, cancellationToken))!;
            // Pinned before anything else is promised: a trace too many is kept sooner than one too few.
            await cited.PinAsync(
                proposal.TraceIds.Where(trace => TraceId.TryParse(trace, out _)).Select(TraceId.Parse),
                id,
                cancellationToken
            );
            var known = Detection.Of(id, proposal, await findings.OpenAsync(cancellationToken));
            await AddAsync(context, id, proposal, confirmation, known, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            changes.RaiseWork(id);
        }

        return (await IncidentReader.ReadAsync(context, id, cancellationToken))!;
    }

    public async Task<Incident?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await IncidentReader.ReadAsync(context, id, cancellationToken);
    }

    public async Task<Incident?> FindByRoomAsync(string room, string roomId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var id = await context
            .Set<IncidentStepRow>()
            .Where(step => step.Room == room && step.Kind == StepKind.Open && step.ExternalId == roomId)
            .Select(step => step.IncidentId)
            .FirstOrDefaultAsync(cancellationToken);
        return id is null ? null : await IncidentReader.ReadAsync(context, id, cancellationToken);
    }

    public async Task<IReadOnlyList<IncidentSummary>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context
            .Set<IncidentRow>()
            .AsNoTracking()
            .OrderByDescending(incident => incident.CreatedAt)
            .ThenByDescending(incident => incident.Number)
            .Take(SimilarityThresholds.MostListed)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new IncidentSummary(
                row.Id,
                row.Number,
                row.State,
                row.Title,
                row.Severity,
                row.RoomName,
                row.Causes,
                row.CreatedAt,
                row.CreatedBy,
                row.ResolvedAt
            )),
        ];
    }

    public async Task<bool> NoteAsync(string id, string by, string text, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Set<IncidentRow>().AnyAsync(incident => incident.Id == id, cancellationToken))
            return false;
        context.Add(Event(id, IncidentEventKind.Note, by, text));
        await context.SaveChangesAsync(cancellationToken);
        changes.Raise(id);
        return true;
    }

    public async Task<bool> TickAsync(string id, int step, bool done, string by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var incident = await IncidentReader.ReadAsync(context, id, cancellationToken);
        if (incident is null || incident.Guide.Document.Steps.All(known => known.Number != step))
            return false;
        var now = time.GetUtcNow();
        var changed = done
            ? await context.Database.ExecuteSqlAsync(
                $"""
                insert into incident_ticks (incident_id, step, done_by, done_at) values ({id}, {step}, {by}, {now})
                on conflict do nothing
                """,
                cancellationToken
            )
            : await context
                .Set<IncidentTickRow>()
                .Where(tick => tick.IncidentId == id && tick.Step == step)
                .ExecuteDeleteAsync(cancellationToken);
        if (changed > 0)
        {
            context.Add(
                Event(id, IncidentEventKind.Tick, by, TickText.Of(incident.Guide.Document.Steps.First(known => known.Number == step), done))
            );
            await context.SaveChangesAsync(cancellationToken);
            changes.Raise(id);
        }

        return true;
    }

    public async Task<Incident?> RetryAsync(string id, string room, RoomOrigin? by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var again = await StepRetry.AgainAsync(context, id, room, by, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (again)
            changes.RaiseWork(id);
        return await IncidentReader.ReadAsync(context, id, cancellationToken);
    }

    public async Task<Incident?> ResolveAsync(string id, Resolution resolution, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var ended = await context
            .Set<IncidentRow>()
            .Where(incident => incident.Id == id && incident.State == IncidentState.Open)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(r => r.State, IncidentState.Resolved)
                        .SetProperty(r => r.ResolvedBy, resolution.By)
                        .SetProperty(r => r.ResolvedAt, now),
                cancellationToken
            );
        if (ended == 1)
        {
            context.Add(Event(id, IncidentEventKind.Resolved, resolution.By, resolution.Told));
            await context.SaveChangesAsync(cancellationToken);
            await TellRoomsAsync(context, id, IncidentSummaryText.OnResolve, now, cancellationToken);
            await SkipUnsentPagesAsync(context, id, now, cancellationToken);
            context.AddRange(
                PagePlan.Ends(
                    await context.Set<IncidentStepRow>().AsNoTracking().Where(step => step.IncidentId == id).ToListAsync(cancellationToken),
                    now
                )
            );
            await context.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (ended == 1)
            changes.RaiseWork(id);
        return await IncidentReader.ReadAsync(context, id, cancellationToken);
    }

    public async Task<Incident?> ReopenAsync(string id, string by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var reopened = await context
            .Set<IncidentRow>()
            .Where(incident => incident.Id == id && incident.State == IncidentState.Resolved)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(r => r.State, IncidentState.Open)
                        .SetProperty(r => r.ResolvedBy, (string?)null)
                        .SetProperty(r => r.ResolvedAt, (DateTimeOffset?)null),
                cancellationToken
            );
        if (reopened == 1)
        {
            context.Add(Event(id, IncidentEventKind.Reopened, by, "reopened"));
            await TellRoomsAsync(context, id, _ => IncidentSummaryText.OnReopen(by), time.GetUtcNow(), cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (reopened == 1)
            changes.RaiseWork(id);
        return await IncidentReader.ReadAsync(context, id, cancellationToken);
    }

    public async Task<bool> RateAsync(string id, IncidentSeverity severity, string by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Set<IncidentRow>().SingleOrDefaultAsync(incident => incident.Id == id, cancellationToken) is not { } row)
            return false;
        if (row.Severity == severity)
            return true;
        context.Add(Event(id, IncidentEventKind.Severity, by, $"changed the severity from {row.Severity.Word()} to {severity.Word()}"));
        row.Severity = severity;
        await context.SaveChangesAsync(cancellationToken);
        changes.Raise(id);
        return true;
    }

    private static async Task TellRoomsAsync(
        CopilotContext context,
        string id,
        Func<Incident, string> text,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var incident = (await IncidentReader.ReadAsync(context, id, cancellationToken))!;
        foreach (var room in incident.Rooms)
            context.Add(LaterStep(incident, room, text(incident), now));
    }

    private async Task AddAsync(
        CopilotContext context,
        string id,
        IncidentProposal proposal,
        Confirmation confirmation,
        IEnumerable<IncidentEventRow> known,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var ports = rooms.ToArray();
        context.Add(
            new IncidentRow
            {
                Id = id,
                ProposalId = proposal.Id,
                Title = proposal.Title,
                Severity = proposal.Severity,
                State = IncidentState.Open,
                RoomName = proposal.ChannelName,
                WindowFrom = proposal.From,
                WindowTo = proposal.To,
                Causes = [.. proposal.Causes.Select(cause => cause.Service)],
                Affected = [.. proposal.Affected.Select(service => service.Service)],
                Teams = [.. proposal.Causes.Select(cause => cause.Team).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
                Operation = proposal.Causes is [var first, ..] ? first.Operation : null,
                CauseKind = proposal.Causes is [var kind, ..] ? kind.Kind : null,
                ChangeKind = Change(proposal)?.Kind,
                ChangeService = Change(proposal)?.Service,
                ChangeVersion = Change(proposal)?.Version,
                ChangeAt = Change(proposal)?.Time,
                CreatedBy = confirmation.By,
                CreatedAt = now,
            }
        );
        // First, because all the others refer to it and the rows are not tied to each other as objects.
        await context.SaveChangesAsync(cancellationToken);
        for (var place = 0; place < proposal.Invitees.Count; place++)
        {
            var (name, contact, team, why, source) = proposal.Invitees[place];
            context.Add(
                new IncidentInviteeRow
                {
                    IncidentId = id,
                    Place = place,
                    Name = name,
                    Contact = contact,
                    Team = team,
                    Why = why,
                    Source = source,
                    Outcome = ports.Length > 0 ? InviteOutcome.Waiting : InviteOutcome.Listed,
                    Page =
                        proposal.Invitees[place].Page == true
                            ? pages is null
                                ? PageState.Refused
                                : PageState.Waiting
                            : null,
                }
            );
        }

        foreach (var port in ports)
            context.AddRange(StepPlan.For(id, proposal, port, confirmation.Origin, options.PageOf(id), now));
        if (pages is not null)
            context.AddRange(PagePlan.For(id, proposal, pages, options.PageOf(id), now));
        context.AddRange(known);
        context.Add(Event(id, IncidentEventKind.Created, confirmation.By, "created the incident"));
        context.Add(Event(id, IncidentEventKind.Room, "app", "room in the app opened, with the guide in it"));
    }

    // Nobody is woken for what is over.
    private static async Task SkipUnsentPagesAsync(
        CopilotContext context,
        string id,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var skipped = await context
            .Set<IncidentStepRow>()
            .Where(step => step.IncidentId == id && step.Kind == StepKind.Page && step.State == StepState.Waiting)
            .ExecuteUpdateAsync(
                row => row.SetProperty(r => r.State, StepState.Skipped).SetProperty(r => r.FinishedAt, now),
                cancellationToken
            );
        if (skipped > 0)
        {
            await context
                .Set<IncidentInviteeRow>()
                .Where(row => row.IncidentId == id && row.Page == PageState.Waiting)
                .ExecuteUpdateAsync(
                    row =>
                        row.SetProperty(r => r.Page, PageState.Refused)
                            .SetProperty(r => r.PageDetail, "the incident was over before the page was sent"),
                    cancellationToken
                );
        }
    }

    private static Change? Change(IncidentProposal proposal) => proposal.Causes is [var first, ..] ? first.Change : null;

    private static IncidentStepRow LaterStep(Incident incident, IncidentRoom room, string text, DateTimeOffset now) =>
        new()
        {
            IncidentId = incident.Id,
            Room = room.Room,
            Place = room.Steps,
            Kind = StepKind.Post,
            Payload = JsonSerializer.Serialize(new StepPayload { Text = text }),
            NotBefore = now,
            State = room.Id is null && room.Problems.Count > 0 ? StepState.Skipped : StepState.Waiting,
        };

    private IncidentEventRow Event(string id, IncidentEventKind kind, string by, string text) =>
        new()
        {
            IncidentId = id,
            At = time.GetUtcNow(),
            Kind = kind,
            Actor = by,
            Text = text,
        };
}
