using Copilot.Store;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Incidents.Proposals;

/// <summary>Clears away previews that nobody confirmed in time.</summary>
internal sealed class ProposalCleanup(
    IDbContextFactory<CopilotContext> contexts,
    IncidentsOptions options,
    TimeProvider time,
    ILogger<ProposalCleanup> log
) : BackgroundService
{
    /// <summary>Returns how many went.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = time.GetUtcNow() - options.ProposalsLast;
        return await context
            .Set<ProposalRow>()
            .Where(row => row.CreatedAt <= oldest && !context.Set<IncidentRow>().Any(incident => incident.ProposalId == row.Id))
            .ExecuteDeleteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(ProposalThresholds.CleanupPause, time, stoppingToken);
                try
                {
                    await RunAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogWarning(e, "Old proposals could not be cleared away; trying again in an hour");
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops.
        }
    }
}
