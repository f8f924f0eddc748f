using Copilot.Incidents.Findings;
using Copilot.Incidents.Investigations;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Time;
using Copilot.Watch.Detection;

namespace Copilot.Watch;

/// <summary>
/// One look at the system a minute: who got worse by the rollups, and what samples of the last requests show beside the quiet minutes
/// before, because an early return or a slow network shows in neither status nor duration of a whole service. What is seen goes into the findings.
/// </summary>
public sealed class Watcher(
    MinuteCheck check, TrafficReads traffic, Investigator investigator, FindingBoard board, WatchOptions options)
{
    private readonly Suspects _suspects = new();
    private readonly FindingKeeper _keeper = new(board, options);
    private DateTimeOffset _nextCloser = DateTimeOffset.MinValue;

    /// <param name="asOf">What "now" is; nothing later is looked at.</param>
    /// <returns>The findings that are open after this look.</returns>
    public async Task<IReadOnlyList<Finding>> LookAsync(DateTimeOffset asOf, CancellationToken cancellation)
    {
        var end = WholeMinute(asOf - options.Settle);
        var worse = await check.FindAsync(end, cancellation);
        var looks = worse.Count > 0 || (options.CloserShare > 0 && asOf >= _nextCloser);
        var found = looks ? await InvestigateAsync(worse, end, cancellation) : null;
        if (found is not null && options.CloserShare > 0)
            _nextCloser = asOf + TimeSpan.FromMilliseconds(found.ElapsedMs / options.CloserShare);
        var look = new Look(end, worse, looks, found, _suspects.Note(found, worse));
        return await _keeper.KeepAsync(look, _suspects, cancellation);
    }

    private async Task<Investigation?> InvestigateAsync(IReadOnlyList<WorseService> worse, DateTimeOffset end, CancellationToken cancellation)
    {
        var recent = await traffic.TracesAsync(new TimeWindow(end - options.Longest, end), cancellation);
        var window = LookWindow.Choose(worse, end, minute => recent.GetValueOrDefault(minute), options);
        var traces = recent.Where(t => window.Contains(t.Key)).Sum(t => t.Value);
        if (traces < options.FewestTraces)
            return null;
        var good = await QuietAsync(window, traces, cancellation);
        return good.Count == 0 ? null : await investigator.InvestigateAsync(new InvestigationRequest { Window = window, Baselines = good }, cancellation);
    }

    /// <summary>Quiet minutes before the window; a sparse system or a long trouble makes it look further back.</summary>
    private async Task<IReadOnlyList<TimeWindow>> QuietAsync(TimeWindow window, long traces, CancellationToken cancellation)
    {
        var quiet = new QuietMinutes(window, traces, await _keeper.TroublesAsync(cancellation));
        var earliest = UnixNanos.From(window.From - options.QuietFrom);
        for (var length = options.Past; !quiet.IsFull && quiet.FilledToNs > earliest; length *= 2)
        {
            var stretch = quiet.Next(length);
            quiet.Fill(stretch, await traffic.TracesAsync(stretch, cancellation));
        }

        return quiet.Windows;
    }

    private static DateTimeOffset WholeMinute(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
