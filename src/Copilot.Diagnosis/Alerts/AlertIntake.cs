using System.Threading.Channels;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Investigations;
using Copilot.Diagnosis.Windows;
using Copilot.Store.Investigations;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Diagnosis.Alerts;

/// <summary>
/// Alerts become suggested investigations: taken at once, looked into afterwards, with a preview kept ready, and closed when the last
/// alert of an investigation is over. What is delivered late, again or in another order changes nothing that is not new.
/// </summary>
public sealed class AlertIntake(
    IWindowDiagnoser finder,
    InvestigationRepository repository,
    AlertStore alerts,
    AlertedServices services,
    TimeProvider time,
    ILogger<AlertIntake> log
) : BackgroundService
{
    private readonly Channel<Alert> _waiting = Channel.CreateBounded<Alert>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    /// <summary>Takes alerts; returns at once.</summary>
    public void Take(IReadOnlyList<Alert> told)
    {
        foreach (var alert in told)
            _waiting.Writer.TryWrite(alert);
    }

    /// <summary>Takes in what one delivery tells of an alert; null where it changed no investigation.</summary>
    public async Task<Investigation?> LookAsync(Alert alert, CancellationToken cancellationToken)
    {
        var known = await alerts.FindAsync(alert.Id, cancellationToken);
        return alert.State switch
        {
            AlertState.Over => await EndAsync(alert, known, cancellationToken),
            AlertState.Noted => known is { Firing: true } ? await NoteAsync(alert, known, cancellationToken) : null,
            _ when known is { Firing: true } => await AgainAsync(alert, known, cancellationToken),
            // It is about a time of firing that is over already.
            _ when known is { EndedAt: { } end } && alert.StartsAt <= end => null,
            _ => await OpenAsync(alert, known, cancellationToken),
        };
    }

    private async Task<Investigation?> EndAsync(Alert alert, AlertRow? known, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var end = alert.EndsAt ?? now;
        // The end of an earlier time of firing says nothing about this one. Who tells no start means what is there.
        if (known is { Firing: true } && end < known.StartedAt && alert.StartsAt < known.StartedAt)
            return null;
        var row = Row(alert, known) with { Firing = false, EndedAt = known?.EndedAt > end ? known.EndedAt : end };
        await alerts.SaveAsync(row, cancellationToken);
        if (known is { Firing: false } || row.InvestigationId is not { } id)
            return null;
        if (await repository.FindAsync(id, cancellationToken) is not { IsOpen: true } open)
            return null;
        // What the watch found is over when the watch says so.
        return open.Source == Investigation.Watch || await alerts.FiringAsync(id, cancellationToken) > 0
            ? null
            : await repository.SaveAsync(open with { ClosedAt = end < now ? end : now, LastSeenAt = now }, cancellationToken);
    }

    private async Task<Investigation?> AgainAsync(Alert alert, AlertRow known, CancellationToken cancellationToken)
    {
        await alerts.SaveAsync(Row(alert, known), cancellationToken);
        return await SeenAsync(known, cancellationToken);
    }

    /// <summary>Something happened to an alert that is there; what it is about may be another service now.</summary>
    private async Task<Investigation?> NoteAsync(Alert alert, AlertRow known, CancellationToken cancellationToken)
    {
        await alerts.SaveAsync(Row(alert, known) with { StartedAt = known.StartedAt }, cancellationToken);
        var seen = await SeenAsync(known, cancellationToken);
        return seen is { Kind: null } && await services.OfAsync(alert, cancellationToken) is { } service && service != seen.Cause
            ? await repository.SaveAsync(seen with { Cause = service, Services = [service] }, cancellationToken)
            : seen;
    }

    private async Task<Investigation?> SeenAsync(AlertRow known, CancellationToken cancellationToken) =>
        known.InvestigationId is { } id && await repository.FindAsync(id, cancellationToken) is { IsOpen: true } open
            ? await repository.SaveAsync(Seen(open, time.GetUtcNow()), cancellationToken)
            : null;

    private async Task<Investigation?> OpenAsync(Alert alert, AlertRow? known, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var from = (alert.StartsAt < now ? alert.StartsAt : now) - AlertThresholds.Before;
        var window = new TimeWindow(from, from + AlertThresholds.Longest < now ? from + AlertThresholds.Longest : now);
        var diagnosis = await finder.FindAsync(window, null, null, cancellationToken);
        var service = await services.OfAsync(alert, cancellationToken);
        var about = service is null ? "" : $" ({Hostile.Line(service, AlertThresholds.LongestName)})";
        var title = $"{alert.Source}: {Hostile.Line(alert.Title)}{about}";
        var open = await repository.OpenAsync(cancellationToken);
        var cause = diagnosis.Causes.Count > 0 ? diagnosis.Causes[0] : null;
        // What the watch or another alert found already is one trouble, not two: the alert is noted with it.
        var same =
            open.FirstOrDefault(investigation => investigation.Id == alert.InvestigationId)
            ?? (cause is null ? null : open.FirstOrDefault(investigation => investigation.Cause == cause.Service));
        var kept = await repository.SaveAsync(
            same is null ? Found(alert, window, diagnosis, service, title, now) : With(same, title, now),
            cancellationToken
        );
        await alerts.SaveAsync(Row(alert, known) with { Firing = true, InvestigationId = kept.Id }, cancellationToken);
        return kept;
    }

    private static Investigation Found(
        Alert alert,
        TimeWindow window,
        WindowDiagnosis diagnosis,
        string? service,
        string title,
        DateTimeOffset now
    )
    {
        var cause = diagnosis.Causes.Count > 0 ? diagnosis.Causes[0] : null;
        var told =
            cause is null ? "No service is clearly worse in what was received."
            : diagnosis.Summary.Length > 0 ? diagnosis.Summary
            : cause.Why;
        return new Investigation
        {
            Id = alert.InvestigationId,
            Source = alert.Source,
            OpenedAt = now,
            LastSeenAt = now,
            Window = window,
            Cause = cause?.Service ?? service ?? "",
            Operation = cause?.Operation,
            Kind = cause?.Kind,
            Confidence = cause?.Confidence ?? 0,
            Summary = $"{title}. {told}",
            Services =
            [
                .. diagnosis
                    .Affected.Select(affected => affected.Service)
                    .Append(cause?.Service ?? service)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal),
            ],
            TraceIds = cause?.TraceIds ?? [],
            Answer = diagnosis,
        };
    }

    private static Investigation With(Investigation same, string title, DateTimeOffset now) =>
        same.Summary.Contains(title, StringComparison.Ordinal) || same.Summary.Length > AlertThresholds.LongestSummary
            ? Seen(same, now)
            : Seen(same, now) with
            {
                Summary = $"{same.Summary} Also {title}.",
            };

    private static Investigation Seen(Investigation investigation, DateTimeOffset now) =>
        investigation with
        {
            LastSeenAt = now,
            Window = new TimeWindow(investigation.Window.From, now),
        };

    private AlertRow Row(Alert alert, AlertRow? known) =>
        new()
        {
            Id = alert.Id,
            Source = alert.Source,
            Title = Hostile.Line(alert.Title),
            Firing = known?.Firing ?? false,
            StartedAt = known?.StartedAt > alert.StartsAt ? known.StartedAt : alert.StartsAt,
            EndedAt = known?.EndedAt,
            InvestigationId = known?.InvestigationId,
            LastSeenAt = time.GetUtcNow(),
        };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var alert in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(alert, stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    log.LogError(e, "The alert {Key} of {Source} could not be looked into", alert.Key, alert.Source);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops.
        }
    }
}
