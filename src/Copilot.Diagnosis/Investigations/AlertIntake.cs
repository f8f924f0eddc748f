using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Copilot.Diagnosis.Windows;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Diagnosis.Investigations;

/// <summary>
/// Alerts become suggested investigations: taken at once, looked into afterwards, with a preview kept ready, and closed when the
/// alert is over.
/// </summary>
public sealed class AlertIntake(IWindowDiagnoser finder, InvestigationRepository repository, TimeProvider time, ILogger<AlertIntake> log)
    : BackgroundService
{
    private readonly Channel<Alert> _waiting = Channel.CreateBounded<Alert>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    /// <summary>Takes alerts; returns at once.</summary>
    public void Take(IReadOnlyList<Alert> alerts)
    {
        foreach (var alert in alerts)
            _waiting.Writer.TryWrite(alert);
    }

    /// <summary>Looks into one alert and keeps what was found; null where there was nothing to close.</summary>
    public async Task<Investigation?> LookAsync(Alert alert, CancellationToken cancellationToken)
    {
        var id =
            "a_"
            + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{alert.Source}/{alert.Key}/{alert.StartsAt.UtcTicks}")))[
                ..16
            ];
        var open = await repository.OpenAsync(cancellationToken);
        var known = open.FirstOrDefault(investigation => investigation.Id == id);
        var now = time.GetUtcNow();
        if (!alert.Firing)
            return known is null
                ? null
                : await repository.SaveAsync(known with { ClosedAt = alert.EndsAt ?? now, LastSeenAt = now }, cancellationToken);
        if (known is not null)
            return await repository.SaveAsync(Seen(known, now), cancellationToken);
        var from = alert.StartsAt - AlertThresholds.Before;
        var window = new TimeWindow(from > now - AlertThresholds.Longest && from < now ? from : now - AlertThresholds.Longest, now);
        var diagnosis = await finder.FindAsync(window, null, null, cancellationToken);
        var about = alert.Service is null ? "" : $" ({Hostile.Line(alert.Service, AlertThresholds.LongestName)})";
        var title = $"{alert.Source}: {Hostile.Line(alert.Title)}{about}";
        var cause = diagnosis.Causes.Count > 0 ? diagnosis.Causes[0] : null;
        // What the watch or another alert found already is one trouble, not two: the alert is noted with it.
        if (cause is not null && open.FirstOrDefault(investigation => investigation.Cause == cause.Service) is { } same)
            return same.Summary.Contains(title, StringComparison.Ordinal)
                ? same
                : await repository.SaveAsync(Seen(same, now) with { Summary = $"{same.Summary} Also {title}." }, cancellationToken);
        return await repository.SaveAsync(
            new Investigation
            {
                Id = id,
                Source = alert.Source,
                OpenedAt = now,
                LastSeenAt = now,
                Window = window,
                Cause = cause?.Service ?? alert.Service ?? "",
                Operation = cause?.Operation,
                Kind = cause?.Kind,
                Confidence = cause?.Confidence ?? 0,
                Summary =
                    $"{title}. {(cause is null ? "No service is clearly worse in what was received." : diagnosis.Summary.Length > 0 ? diagnosis.Summary : cause.Why)}",
                Services =
                [
                    .. diagnosis
                        .Affected.Select(service => service.Service)
                        .Append(cause?.Service ?? alert.Service)
                        .OfType<string>()
                        .Distinct(StringComparer.Ordinal),
                ],
                TraceIds = cause?.TraceIds ?? [],
                Answer = diagnosis,
            },
            cancellationToken
        );
    }

    private static Investigation Seen(Investigation investigation, DateTimeOffset now) =>
        investigation with
        {
            LastSeenAt = now,
            Window = new TimeWindow(investigation.Window.From, now),
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
