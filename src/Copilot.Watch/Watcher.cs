using Copilot.Analysis.Reports;
using Copilot.Incidents.Findings;
using Copilot.Incidents.Investigations;
using Copilot.Store.Samples;
using Copilot.Telemetry.Time;
using Copilot.Watch.Detection;

namespace Copilot.Watch;

/// <summary>
/// One look at the system: who got worse, what that is, whether it is known already, and what is over. Where the rollups show nothing,
/// a sample of the last requests is looked into as well: an early return or an exception that nobody marks shows in neither status nor
/// duration. What only that shows must show clearly, or twice.
/// </summary>
public sealed class Watcher(ServiceMinuteReads minutes, Investigator investigator, FindingBoard board, WatchOptions options)
{
    /// <summary>What the last look into a sample pointed to.</summary>
    private string? _suspected;

    /// <param name="asOf">What "now" is; nothing later is looked at.</param>
    /// <returns>The findings that are open after this look.</returns>
    public async Task<IReadOnlyList<Finding>> LookAsync(DateTimeOffset asOf, CancellationToken cancellation)
    {
        var end = WholeMinute(asOf - options.Settle);
        var window = new TimeWindow(end - options.Past - TimeSpan.FromMinutes(2), end);
        var worse = WorseDetector.Find(await minutes.ReadAsync(window, cancellation), end);
        var open = (await board.OpenAsync(cancellation)).ToList();
        await RenewAsync(open, worse, end, cancellation);
        var unknown = worse.Where(w => !open.Exists(s => s.Services.Contains(w.Service, StringComparer.Ordinal))).ToList();
        if (unknown.Count > 0 && await SuggestAsync(unknown, open, end, cancellation) is { } opened)
            open.Add(opened);
        else if (unknown.Count == 0 && await LookCloserAsync(open, end, cancellation) is { } quiet)
            open.Add(quiet);
        return open;
    }

    private async Task RenewAsync(List<Finding> open, IReadOnlyList<WorseService> worse, DateTimeOffset end, CancellationToken cancellation)
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (worse.Any(w => open[i].Services.Contains(w.Service, StringComparer.Ordinal)))
            {
                open[i] = await board.SaveAsync(Seen(open[i], end), cancellation);
            }
            else if (end - open[i].LastSeenAt >= options.CloseAfter && open[i].Source == Finding.Watch)
            {
                // An alert's finding is over when its alerting system says so.
                await board.SaveAsync(open[i] with { ClosedAt = end }, cancellation);
                open.RemoveAt(i);
            }
        }
    }

    private async Task<Finding?> SuggestAsync(List<WorseService> worse, List<Finding> open, DateTimeOffset end, CancellationToken cancellation)
    {
        var window = new TimeWindow(worse.Min(w => w.Since), end);
        var found = await investigator.InvestigateAsync(new InvestigationRequest { Window = window }, cancellation);
        if (found.Report.Verdict != CauseVerdict.Cause)
            return null;
        // Only what the finding explains is reported with it; a service that got worse by itself gets a look of its own next minute.
        return worse.Exists(w => ServicesOf(found.Report).Contains(w.Service, StringComparer.Ordinal)) ? await OpenAsync(found, open, end, cancellation) : null;
    }

    private async Task<Finding?> LookCloserAsync(List<Finding> open, DateTimeOffset end, CancellationToken cancellation)
    {
        if (!options.LooksCloser)
            return null;
        var found = await investigator.InvestigateAsync(new InvestigationRequest { Window = new TimeWindow(end - options.Closer, end) }, cancellation);
        var before = _suspected;
        var sure = found.Report.Verdict == CauseVerdict.Cause ? found.Report.Items[0].Confidence : 0;
        _suspected = sure >= options.CloserConfidenceTwice ? found.Report.Items[0].Service : null;
        if (_suspected is null || (sure < options.CloserConfidence && _suspected != before && !open.Exists(f => f.Cause == _suspected)))
            return null;
        // What is a caller of something known is no second trouble.
        return open.Exists(f => f.Cause != _suspected && f.Services.Contains(_suspected, StringComparer.Ordinal)) ? null : await OpenAsync(found, open, end, cancellation);
    }

    private async Task<Finding> OpenAsync(Investigation found, List<Finding> open, DateTimeOffset end, CancellationToken cancellation)
    {
        var cause = found.Report.Items[0];
        var services = ServicesOf(found.Report);
        if (open.Find(s => s.Cause == cause.Service) is { } known)
        {
            open.Remove(known);
            return await board.SaveAsync(
                Seen(known, end) with { Services = [.. known.Services.Union(services, StringComparer.Ordinal)] }, cancellation);
        }

        return await board.SaveAsync(
            new Finding
            {
                Id = "s_" + Guid.NewGuid().ToString("n")[..16],
                Source = Finding.Watch,
                OpenedAt = end,
                LastSeenAt = end,
                Window = found.Asked,
                Cause = cause.Service,
                Operation = cause.Operation,
                Kind = cause.Kind.Word(),
                Confidence = cause.Confidence,
                Summary = found.Report.Summary,
                Services = services,
                TraceIds = [.. cause.Evidence.SelectMany(e => e.TraceIds).Distinct().Take(5).Select(t => t.ToString())],
                Answer = TroubleFinder.Of(found),
            },
            cancellation);
    }

    private static List<string> ServicesOf(CauseReport report) =>
        [.. report.Affected.Select(a => a.Service).Prepend(report.Items[0].Service).Distinct(StringComparer.Ordinal)];

    private static Finding Seen(Finding finding, DateTimeOffset end) =>
        finding with { LastSeenAt = end, Window = new TimeWindow(finding.Window.From, end) };

    private static DateTimeOffset WholeMinute(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
