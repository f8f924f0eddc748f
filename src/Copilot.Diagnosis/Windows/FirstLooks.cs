using System.Data.Common;
using Copilot.Store;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Diagnosis.Windows;

/// <summary>
/// Looks into a few windows once there is telemetry, and forgets what it saw: the first investigation of a process takes several times
/// as long as the tenth, because its code is compiled while it runs, and whoever asks first shall not wait for that.
/// </summary>
internal sealed class FirstLooks(WindowAnalyzer windowAnalyzer, TrafficReads traffic, TimeProvider time, ILogger<FirstLooks> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FirstLookThresholds.Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await LookAsync(stoppingToken))
                    return;
            }
            catch (Exception e) when (e is DbException or StoreException or TimeoutException)
            {
                log.LogDebug(e, "The store cannot be looked into yet.");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Nobody asked for it: whatever breaks here may cost a second later, not the process.
                log.LogWarning(e, "A first look into a window failed; the first question will take longer.");
                return;
            }
        }
    }

    /// <returns>False while there is too little to look at.</returns>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        if (await traffic.NewestMinuteAsync(cancellationToken) is not { } newest)
            return false;
        var end = newest + UnixNanos.PerMinute;
        var minutes = await traffic.TracesAsync(
            new TimeWindow(end - (FirstLookThresholds.Looks * UnixNanos.PerMinute), end),
            cancellationToken
        );
        if (minutes.Values.Sum() < FirstLookThresholds.EnoughTraces)
            return false;
        for (var look = 0; look < FirstLookThresholds.Looks; look++)
        {
            var to = end - (look * UnixNanos.PerMinute / 2);
            await windowAnalyzer.AnalyzeAsync(
                new WindowAnalysisRequest { Window = new TimeWindow(to - (2 * UnixNanos.PerMinute), to) },
                cancellationToken
            );
        }

        return true;
    }
}
