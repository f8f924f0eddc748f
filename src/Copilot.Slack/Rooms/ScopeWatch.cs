using Copilot.Incidents.Record;
using Copilot.Slack.Api;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Slack.Rooms;

/// <summary>Goes on by itself with what a missing scope stopped, once the app has it: nobody remembers to at three in the
/// morning.</summary>
internal sealed class ScopeWatch(SlackApi api, SlackOptions slack, IIncidents incidents, TimeProvider time, ILogger<ScopeWatch> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SlackPatience.BetweenScopeLooks, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning(e, "Whether Slack gives its scopes again could not be told; it is looked at again soon");
                await Task.Delay(SlackPatience.BetweenScopeLooks, time, stoppingToken);
            }
        }
    }

    /// <summary>Slack is asked only while something waits for a scope.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - SlackPatience.Kept;
        var waiting = new List<(string Id, IReadOnlyList<string> Problems)>();
        foreach (var summary in await incidents.ListAsync(cancellationToken))
        {
            if (summary.ResolvedAt is not null || summary.CreatedAt < since)
                continue;
            var rooms = (await incidents.FindAsync(summary.Id, cancellationToken))?.Rooms ?? [];
            var problems = rooms
                .Where(room => room.Room == SlackRoom.PortName)
                .SelectMany(room => room.Problems)
                .Where(SlackErrorText.IsOfScope)
                .ToList();
            if (problems.Count > 0)
                waiting.Add((summary.Id, problems));
        }

        if (waiting.Count == 0)
            return;
        // Others that it lacks too are no reason to wait.
        var missing = (await SlackCheck.RunAsync(api, slack, cancellationToken)).MissingScopes;
        foreach (var (id, problems) in waiting)
        {
            if (!problems.Any(problem => SlackErrorText.ScopesOf(problem).All(missing.Contains)))
                await incidents.RetryAsync(id, SlackRoom.PortName, null, cancellationToken);
        }
    }
}
