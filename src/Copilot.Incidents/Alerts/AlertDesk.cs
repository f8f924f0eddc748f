using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Copilot.Incidents.Findings;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Troubles;
using Copilot.Telemetry.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Incidents.Alerts;

/// <summary>
/// Alerts become suggested investigations: taken at once, looked into afterwards, with a preview kept ready, and closed when the
/// alert is over.
/// </summary>
public sealed class AlertDesk(ITroubleFinder finder, FindingBoard board, TimeProvider time, ILogger<AlertDesk> log) : BackgroundService
{
    // Alert rules wait before they fire, so the trouble is older than the alert.
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Channel<Alert> waiting = Channel.CreateBounded<Alert>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Takes alerts; returns at once.</summary>
    public void Take(IReadOnlyList<Alert> alerts)
    {
        foreach (var alert in alerts)
            waiting.Writer.TryWrite(alert);
    }

    /// <summary>Looks into one alert and keeps what was found; null where there was nothing to close.</summary>
    public async Task<Finding?> LookAsync(Alert alert, CancellationToken cancellation)
    {
        var id = "a_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{alert.Source}/{alert.Key}/{alert.StartsAt.UtcTicks}")))[..16];
        var open = await board.OpenAsync(cancellation);
        var known = open.FirstOrDefault(finding => finding.Id == id);
        var now = time.GetUtcNow();
        if (!alert.Firing)
            return known is null ? null : await board.SaveAsync(known with { ClosedAt = alert.EndsAt ?? now, LastSeenAt = now }, cancellation);
        if (known is not null)
            return await board.SaveAsync(Seen(known, now), cancellation);
        var from = alert.StartsAt - Before;
        var window = new TimeWindow(from > now - Longest && from < now ? from : now - Longest, now);
        var trouble = await finder.FindAsync(window, null, null, cancellation);
        var title = $"{alert.Source}: {Hostile.Line(alert.Title)}{(alert.Service is null ? "" : $" ({Hostile.Line(alert.Service, 80)})")}";
        var cause = trouble.Causes.Count > 0 ? trouble.Causes[0] : null;
        // What the watch or another alert found already is one trouble, not two: the alert is noted with it.
        if (cause is not null && open.FirstOrDefault(finding => finding.Cause == cause.Service) is { } same)
            return same.Summary.Contains(title, StringComparison.Ordinal) ? same : await board.SaveAsync(Seen(same, now) with { Summary = $"{same.Summary} Also {title}." }, cancellation);
        return await board.SaveAsync(
            new Finding
            {
                Id = id,
                Source = alert.Source,
                OpenedAt = now,
                LastSeenAt = now,
                Window = window,
                Cause = cause?.Service ?? alert.Service ?? "",
                Operation = cause?.Operation,
                Kind = cause?.Kind ?? "alert",
                Confidence = cause?.Confidence ?? 0,
                Summary = $"{title}. {(cause is null ? "No service is clearly worse in what was received." : trouble.Summary.Length > 0 ? trouble.Summary : cause.Why)}",
                Services = [.. trouble.Affected.Select(service => service.Service).Append(cause?.Service ?? alert.Service).OfType<string>().Distinct(StringComparer.Ordinal)],
                TraceIds = cause?.TraceIds ?? [],
                Answer = trouble,
            },
            cancellation);
    }

    private static Finding Seen(Finding finding, DateTimeOffset now) =>
        finding with { LastSeenAt = now, Window = new TimeWindow(finding.Window.From, now) };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var alert in waiting.Reader.ReadAllAsync(stoppingToken))
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
