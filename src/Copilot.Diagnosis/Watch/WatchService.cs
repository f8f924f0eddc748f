using Copilot.Diagnosis.Investigations;
using Copilot.Diagnosis.Windows;
using Copilot.Store.Rollups;
using Copilot.Store.Server;
using Copilot.Telemetry.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Diagnosis.Watch;

/// <summary>Looks once a minute, at one of the instances. A look that fails is told in the log; the next one comes all the same.</summary>
public sealed class WatchService(Watcher watcher, InstanceLead lead, WatchOptions options, TimeProvider time, ILogger<WatchService> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Enabled)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops.
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await lead.HoldsAsync(stoppingToken))
                await watcher.LookAsync(time.GetUtcNow(), stoppingToken);
        }
#pragma warning disable CA1031 // Whatever one look meets must not end the watch.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            log.LogWarning(e, "This minute could not be watched: {Reason} The next one will be.", e.Message);
        }
    }
}

/// <summary>
/// One look at the system a minute: who got worse by the rollups, and what samples of the last requests show beside the quiet minutes
/// before, because an early return or a slow network shows in neither status nor duration of a whole service. What is seen goes into the
/// findings.
/// </summary>
public sealed class Watcher(
    MinuteCheck check,
    TrafficReads traffic,
    WindowAnalyzer windowAnalyzer,
    InvestigationRepository repository,
    WatchOptions options
)
{
    private readonly Suspects _suspects = new();
    private readonly InvestigationTracker _keeper = new(repository, options);
    private DateTimeOffset _nextCloser = DateTimeOffset.MinValue;

    /// <param name="asOf">What "now" is; nothing later is looked at.</param>
    /// <returns>The findings that are open after this look.</returns>
    public async Task<IReadOnlyList<Investigation>> LookAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var end = WholeMinute(asOf - options.Settle);
        var worse = await check.FindAsync(end, cancellationToken);
        var looks = worse.Count > 0 || (options.CloserShare > 0 && asOf >= _nextCloser);
        var found = looks ? await AnalyzeAsync(worse, end, cancellationToken) : null;
        if (found is not null && options.CloserShare > 0)
            _nextCloser = asOf + TimeSpan.FromMilliseconds(found.ElapsedMs / options.CloserShare);
        var look = new Look(end, worse, looks, found, _suspects.Note(found, worse));
        return await _keeper.KeepAsync(look, _suspects, cancellationToken);
    }

    private async Task<WindowAnalysis?> AnalyzeAsync(
        IReadOnlyList<WorseService> worse,
        DateTimeOffset end,
        CancellationToken cancellationToken
    )
    {
        var recent = await traffic.TracesAsync(new TimeWindow(end - options.Longest, end), cancellationToken);
        var window = LookWindow.Choose(worse, end, minute => recent.GetValueOrDefault(minute), options);
        var traces = recent.Where(t => window.Contains(t.Key)).Sum(t => t.Value);
        if (traces < options.FewestTraces)
            return null;
        var good = await QuietAsync(window, traces, cancellationToken);
        return good.Count == 0
            ? null
            : await windowAnalyzer.AnalyzeAsync(new WindowAnalysisRequest { Window = window, Baselines = good }, cancellationToken);
    }

    /// <summary>Quiet minutes before the window; a sparse system or a long trouble makes it look further back.</summary>
    private async Task<IReadOnlyList<TimeWindow>> QuietAsync(TimeWindow window, long traces, CancellationToken cancellationToken)
    {
        var quiet = new QuietMinutes(window, traces, await _keeper.TroublesAsync(cancellationToken));
        var earliest = UnixNanos.From(window.From - options.QuietFrom);
        for (var length = options.Past; !quiet.IsFull && quiet.FilledToNs > earliest; length *= 2)
        {
            var stretch = quiet.Next(length);
            quiet.Fill(stretch, await traffic.TracesAsync(stretch, cancellationToken));
        }

        return quiet.Windows;
    }

    private static DateTimeOffset WholeMinute(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}

/// <summary>Bound from the section <c>Watch</c>.</summary>
public sealed record WatchOptions
{
    public bool Enabled { get; init; } = true;

    /// <inheritdoc cref="WatchThresholds.Settle"/>
    public TimeSpan Settle { get; init; } = WatchThresholds.Settle;

    /// <inheritdoc cref="WatchThresholds.Past"/>
    public TimeSpan Past { get; init; } = WatchThresholds.Past;

    /// <inheritdoc cref="WatchThresholds.QuietFrom"/>
    public TimeSpan QuietFrom { get; init; } = WatchThresholds.QuietFrom;

    /// <inheritdoc cref="WatchThresholds.Usual"/>
    public TimeSpan Usual { get; init; } = WatchThresholds.Usual;

    /// <inheritdoc cref="WatchThresholds.CloseAfter"/>
    public TimeSpan CloseAfter { get; init; } = WatchThresholds.CloseAfter;

    /// <inheritdoc cref="WatchThresholds.ReopenWithin"/>
    public TimeSpan ReopenWithin { get; init; } = WatchThresholds.ReopenWithin;

    /// <inheritdoc cref="WatchThresholds.CloserShare"/>
    public double CloserShare { get; init; } = WatchThresholds.CloserShare;

    /// <inheritdoc cref="WatchThresholds.Longest"/>
    public TimeSpan Longest { get; init; } = WatchThresholds.Longest;

    /// <inheritdoc cref="WatchThresholds.EnoughTraces"/>
    public int EnoughTraces { get; init; } = WatchThresholds.EnoughTraces;

    /// <inheritdoc cref="WatchThresholds.FewestTraces"/>
    public int FewestTraces { get; init; } = WatchThresholds.FewestTraces;
}
