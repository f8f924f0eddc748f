using Copilot.Store.Investigations;
using Copilot.Store.Server;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Diagnosis.Investigations;

/// <summary>
/// Carries findings to the places outside. It compares what is open with what was told and makes up the difference, after every
/// change and once a minute: a place that was busy or a process that died is caught up with, and nothing is told twice.
/// </summary>
public sealed class InvestigationNotifier(
    InvestigationRepository repository,
    InvestigationNoticeStore tellings,
    IEnumerable<IInvestigationChannel> ports,
    InstanceLead lead,
    TimeProvider time,
    ILogger<InvestigationNotifier> log
) : BackgroundService
{
    /// <summary>Tells what is to be told now.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var port in ports.Where(p => p.IsConfigured))
        {
            var told = (await tellings.OfPlaceAsync(port.Name, cancellationToken)).ToDictionary(
                t => t.SuggestionId,
                StringComparer.Ordinal
            );
            var open = await repository.OpenAsync(cancellationToken);
            foreach (var investigation in open.Where(f => IsNews(f) && told.GetValueOrDefault(f.Id)?.State is null or NoticeState.Opening))
                await TryAsync(
                    port,
                    investigation.Id,
                    () => OpenAsync(port, investigation, told.ContainsKey(investigation.Id), cancellationToken),
                    cancellationToken
                );
            foreach (var investigationNotice in told.Values.Where(t => IsBehind(t, open.FirstOrDefault(f => f.Id == t.SuggestionId))))
            {
                if (await repository.FindAsync(investigationNotice.SuggestionId, cancellationToken) is { } investigation)
                    await TryAsync(
                        port,
                        investigation.Id,
                        () => UpdateAsync(port, investigation, investigationNotice, cancellationToken),
                        cancellationToken
                    );
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

        repository.Changed += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await changed.WaitAsync(NoticeThresholds.Again, stoppingToken);
                await TryAsync(null, "", () => LeadAsync(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops.
        }
        finally
        {
            repository.Changed -= Wake;
        }
    }

    /// <summary>Two instances would tell everything twice.</summary>
    private async Task LeadAsync(CancellationToken stoppingToken)
    {
        if (await lead.HoldsAsync(stoppingToken))
            await TellAsync(stoppingToken);
    }

    // An alert that was looked into without result is known outside already: its alerting system told it.
    private bool IsNews(Investigation investigation) =>
        investigation.Answer is { Causes.Count: > 0 } && time.GetUtcNow() - investigation.OpenedAt < NoticeThresholds.News;

    private static bool IsBehind(InvestigationNotice investigationNotice, Investigation? open) =>
        investigationNotice.State switch
        {
            NoticeState.Open => open is null || IsCorrected(open, investigationNotice),
            NoticeState.Closed => open is not null,
            NoticeState.Opening or NoticeState.Refused => false,
            _ => throw new ArgumentOutOfRangeException(
                nameof(investigationNotice),
                investigationNotice.State,
                "No such state of a notice."
            ),
        };

    // Before causes were noted, none could change.
    private static bool IsCorrected(Investigation investigation, InvestigationNotice investigationNotice) =>
        investigationNotice.Cause is { } told && told != investigation.Cause;

    private async Task OpenAsync(IInvestigationChannel port, Investigation investigation, bool inDoubt, CancellationToken cancellationToken)
    {
        await SaveAsync(new InvestigationNotice(investigation.Id, port.Name, NoticeState.Opening, null, null, null), cancellationToken);
        var reference = await port.OpenAsync(investigation, inDoubt, cancellationToken);
        await SaveAsync(
            new InvestigationNotice(investigation.Id, port.Name, NoticeState.Open, reference, investigation.Cause, null),
            cancellationToken
        );
    }

    private async Task UpdateAsync(
        IInvestigationChannel port,
        Investigation investigation,
        InvestigationNotice investigationNotice,
        CancellationToken cancellationToken
    )
    {
        await port.UpdateAsync(investigation, investigationNotice.Reference ?? "", cancellationToken);
        await SaveAsync(
            investigationNotice with
            {
                State = investigation.IsOpen ? NoticeState.Open : NoticeState.Closed,
                Cause = investigation.Cause,
            },
            cancellationToken
        );
    }

    private async Task TryAsync(IInvestigationChannel? port, string finding, Func<Task> tell, CancellationToken cancellationToken)
    {
        try
        {
            await tell();
        }
        catch (DeliveryRefusedException e) when (port is not null)
        {
            log.LogWarning("{Place} does not take the finding {Finding}: {Reason}", port.Name, finding, e.Message);
            await SaveAsync(new InvestigationNotice(finding, port.Name, NoticeState.Refused, null, null, e.Message), cancellationToken);
        }
#pragma warning disable CA1031 // Whatever one place meets must not end the telling; it comes again within a minute.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.LogWarning(e, "The finding {Finding} could not be told at {Place}; it is tried again", finding, port?.Name);
        }
    }

    private Task SaveAsync(InvestigationNotice investigationNotice, CancellationToken cancellationToken) =>
        tellings.SaveAsync(investigationNotice, time.GetUtcNow(), cancellationToken);
}
