using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Investigations;
using Copilot.Diagnosis.Windows;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Watch;

/// <summary>
/// Keeps the watch's findings: opens one for what is new, notes on it that it lasts, corrects it when later minutes name another cause
/// of the same trouble more surely, closes it when it is over, and opens it again when it is soon back.
/// </summary>
internal sealed class InvestigationTracker(InvestigationRepository repository, WatchOptions options)
{
    /// <summary>When something was wrong.</summary>
    public async Task<IReadOnlyList<TimeWindow>> TroublesAsync(CancellationToken cancellationToken)
    {
        var investigations = await repository.LatestAsync(InvestigationThresholds.Latest, cancellationToken);
        return
        [
            .. investigations
                .Where(f => f.Answer is { Causes.Count: > 0 })
                .Select(f => f.Window.Length <= options.Usual ? f.Window : new TimeWindow(f.Window.From, f.Window.From + options.Usual)),
        ];
    }

    /// <returns>The findings that are open now.</returns>
    public async Task<IReadOnlyList<Investigation>> KeepAsync(Look look, Suspects suspects, CancellationToken cancellationToken)
    {
        var open = new List<Investigation>();
        foreach (var investigation in await repository.OpenAsync(cancellationToken))
        {
            if (Shows(investigation, look))
                open.Add(await repository.SaveAsync(Seen(investigation, look.End), cancellationToken));
            else if (IsOver(investigation, look))
                await CloseAsync(investigation, look.End, suspects, cancellationToken);
            else
                open.Add(investigation);
        }

        if (look.Found is not { Report.Verdict: CauseVerdict.Cause } found)
            return open;
        var same = Same(open, found.Report);
        if (same is null && await ClosedAsync(found.Report, look.End, cancellationToken) is { } back && suspects.IsLikely(back.Cause))
            open.Add(await repository.SaveAsync(Seen(back with { ClosedAt = null }, look.End), cancellationToken));
        else if (same is null && look.Convicted is { } convicted)
            open.Add(await repository.SaveAsync(Of(found, new TimeWindow(convicted.Since, look.End)), cancellationToken));
        else if ((same ?? Alike(open, found.Report)) is { } known && IsBetter(known, found, suspects))
            open[open.IndexOf(known)] = await repository.SaveAsync(Corrected(known, found), cancellationToken);
        return open;
    }

    /// <summary>The open finding about what the report is about: one's cause is the other's, or is affected there.</summary>
    private static Investigation? Same(List<Investigation> open, CauseReport report)
    {
        var cause = report.Items[0].Service;
        return open.Find(f => f.Cause == cause)
            ?? open.Find(f =>
                f.Services.Contains(cause, StringComparer.Ordinal) || ServicesOf(report).Contains(f.Cause, StringComparer.Ordinal)
            );
    }

    /// <summary>
    /// An open finding with the same symptoms. What convinces is a trouble of its own beside it; what does not yet may still explain
    /// these symptoms better.
    /// </summary>
    private static Investigation? Alike(List<Investigation> open, CauseReport report) =>
        open.Find(f => f.Services.Intersect(ServicesOf(report), StringComparer.Ordinal).Any());

    /// <summary>The finding of the same trouble, the same service in the same way, that was closed a little while ago.</summary>
    private async Task<Investigation?> ClosedAsync(CauseReport report, DateTimeOffset end, CancellationToken cancellationToken) =>
        (await repository.LatestAsync(InvestigationThresholds.Latest, cancellationToken)).FirstOrDefault(f =>
            f.Source == Investigation.Watch
            && f.ClosedAt >= end - options.ReopenWithin
            && f.Cause == report.Items[0].Service
            && f.Kind == report.Items[0].Kind
        );

    private static bool Shows(Investigation investigation, Look look) =>
        look.Worse.Any(w => investigation.Services.Contains(w.Service, StringComparer.Ordinal))
        || (
            look.Found is { Report.Verdict: CauseVerdict.Cause } found
            && investigation.Services.Contains(found.Report.Items[0].Service, StringComparer.Ordinal)
        );

    /// <summary>An alert's finding is over when its alerting system says so, and without a look nobody knows.</summary>
    private bool IsOver(Investigation investigation, Look look) =>
        investigation.Source == Investigation.Watch
        && look.End - investigation.LastSeenAt >= options.CloseAfter
        && (look.Looked || options.CloserShare == 0);

    private async Task CloseAsync(Investigation investigation, DateTimeOffset end, Suspects suspects, CancellationToken cancellationToken)
    {
        await repository.SaveAsync(investigation with { ClosedAt = end }, cancellationToken);
        suspects.Forget(investigation.Services);
    }

    /// <summary>What an alerting system asked about stays as it was asked.</summary>
    private static bool IsBetter(Investigation known, WindowAnalysis found, Suspects suspects) =>
        known.Source == Investigation.Watch
        && (
            known.Cause == found.Report.Items[0].Service
                ? found.Report.Items[0].Confidence > known.Confidence
                : suspects.Overtakes(found.Report, known.Cause)
        );

    private static Investigation Of(WindowAnalysis found, TimeWindow window)
    {
        var cause = found.Report.Items[0];
        return new Investigation
        {
            Id = "s_" + Guid.NewGuid().ToString("n")[..16],
            Source = Investigation.Watch,
            OpenedAt = window.To,
            LastSeenAt = window.To,
            Window = window,
            Cause = cause.Service,
            Operation = cause.Operation,
            Kind = cause.Kind,
            Confidence = cause.Confidence,
            Summary = found.Report.Summary,
            Services = ServicesOf(found.Report),
            TraceIds =
            [
                .. cause.Evidence.SelectMany(e => e.TraceIds).Distinct().Take(InvestigationThresholds.MostTraces).Select(t => t.ToString()),
            ],
            Answer = WindowDiagnoser.Of(found),
        };
    }

    private static Investigation Corrected(Investigation known, WindowAnalysis found) =>
        Of(found, known.Window) with
        {
            Id = known.Id,
            OpenedAt = known.OpenedAt,
            LastSeenAt = known.LastSeenAt,
            Services = [.. ServicesOf(found.Report).Union(known.Services, StringComparer.Ordinal)],
        };

    private static List<string> ServicesOf(CauseReport report) =>
        [.. report.Affected.Select(a => a.Service).Prepend(report.Items[0].Service).Distinct(StringComparer.Ordinal)];

    private static Investigation Seen(Investigation investigation, DateTimeOffset end) =>
        investigation with
        {
            LastSeenAt = end,
            Window = new TimeWindow(investigation.Window.From, end),
        };
}
