using Copilot.Incidents.Rooms;
using Copilot.Store.Suggestions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Incidents.Findings;

/// <summary>
/// Carries findings to the places outside. It compares what is open with what was told and makes up the difference, after every
/// change and once a minute: a place that was busy or a process that died is caught up with, and nothing is told twice.
/// </summary>
public sealed class FindingHerald(
    FindingBoard board, TellingStore tellings, IEnumerable<IFindingPort> ports, TimeProvider time, ILogger<FindingHerald> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    /// <summary>What opened longer ago is no news: a place that is set up later starts with the present.</summary>
    private static readonly TimeSpan News = TimeSpan.FromMinutes(15);

    /// <summary>Tells what is to be told now.</summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        foreach (var port in ports.Where(p => p.IsConfigured))
        {
            var told = (await tellings.OfPlaceAsync(port.Name, cancellation)).ToDictionary(t => t.SuggestionId, StringComparer.Ordinal);
            var open = await board.OpenAsync(cancellation);
            foreach (var finding in open.Where(f => IsNews(f) && told.GetValueOrDefault(f.Id)?.State is null or Telling.Opening))
                await TryAsync(port, finding.Id, () => OpenAsync(port, finding, told.ContainsKey(finding.Id), cancellation), cancellation);
            foreach (var telling in told.Values.Where(t => IsBehind(t, open.FirstOrDefault(f => f.Id == t.SuggestionId))))
            {
                if (await board.FindAsync(telling.SuggestionId, cancellation) is { } finding)
                    await TryAsync(port, finding.Id, () => UpdateAsync(port, finding, telling, cancellation), cancellation);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!ports.Any())
            return;
        using var changed = new SemaphoreSlim(1, 1);
        void Wake()
        {
            if (changed.CurrentCount == 0)
                changed.Release();
        }

        board.Changed += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await changed.WaitAsync(Again, stoppingToken);
                await TryAsync(null, "", () => TellAsync(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops.
        }
        finally
        {
            board.Changed -= Wake;
        }
    }

    // An alert that was looked into without result is known outside already: its alerting system told it.
    private bool IsNews(Finding finding) => finding.Answer is { Causes.Count: > 0 } && time.GetUtcNow() - finding.OpenedAt < News;

    private static bool IsBehind(Telling telling, Finding? open) => telling.State switch
    {
        Telling.Open => open is null || IsCorrected(open, telling),
        Telling.Closed => open is not null,
        _ => false,
    };

    // Before causes were noted, none could change.
    private static bool IsCorrected(Finding finding, Telling telling) => telling.Cause is { } told && told != finding.Cause;

    private async Task OpenAsync(IFindingPort port, Finding finding, bool inDoubt, CancellationToken cancellation)
    {
        await SaveAsync(new Telling(finding.Id, port.Name, Telling.Opening, null, null, null), cancellation);
        var reference = await port.OpenAsync(finding, inDoubt, cancellation);
        await SaveAsync(new Telling(finding.Id, port.Name, Telling.Open, reference, finding.Cause, null), cancellation);
    }

    private async Task UpdateAsync(IFindingPort port, Finding finding, Telling telling, CancellationToken cancellation)
    {
        await port.UpdateAsync(finding, telling.Reference ?? "", cancellation);
        await SaveAsync(telling with { State = finding.IsOpen ? Telling.Open : Telling.Closed, Cause = finding.Cause }, cancellation);
    }

    private async Task TryAsync(IFindingPort? port, string finding, Func<Task> tell, CancellationToken cancellation)
    {
        try
        {
            await tell();
        }
        catch (RoomRefusedException e) when (port is not null)
        {
            log.LogWarning("{Place} does not take the finding {Finding}: {Reason}", port.Name, finding, e.Message);
            await SaveAsync(new Telling(finding, port.Name, Telling.Refused, null, null, e.Message), cancellation);
        }
#pragma warning disable CA1031 // Whatever one place meets must not end the telling; it comes again within a minute.
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.LogWarning(e, "The finding {Finding} could not be told at {Place}; it is tried again", finding, port?.Name);
        }
    }

    private Task SaveAsync(Telling telling, CancellationToken cancellation) => tellings.SaveAsync(telling, time.GetUtcNow(), cancellation);
}
