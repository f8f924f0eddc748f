using System.Diagnostics;
using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Timeline;
using Copilot.Store.Commands;
using Copilot.Telemetry.Records;
using Copilot.TraceQL;

namespace Copilot.Diagnosis.Windows;

/// <summary>From a window to who is affected and where it starts: chooses what in it to look into.</summary>
public sealed class WindowAnalyzer(
    WindowLook look,
    TroubleTimeline timeline,
    LongTroubles older,
    DiagnosisOptions options,
    TimeProvider time
)
{
    private readonly SharedLooks _looks = new(options.Fresh, time);

    /// <exception cref="TraceQlException">The scope is no spanset filter.</exception>
    /// <exception cref="QueryTooExpensiveException">A window is longer than is looked into, or the look took too long.</exception>
    public Task<WindowAnalysis> AnalyzeAsync(WindowAnalysisRequest request, CancellationToken cancellationToken)
    {
        foreach (var window in request.Baselines.Prepend(request.Window))
            QueryTooExpensiveException.CheckWindow(window);
        return _looks.GetAsync(request, ends => LookAsync(request, ends), cancellationToken);
    }

    private async Task<WindowAnalysis> LookAsync(WindowAnalysisRequest request, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var asked = request.Window;
        (request, var episodes) = await EpisodesAsync(request, cancellationToken);
        var found = request.Now ? await LookAtLatestAsync(request, episodes, cancellationToken) : null;
        found ??= await LookIntoFirstAsync(request, episodes, cancellationToken);
        if (request.Now && found.Episode is { Lasts: true })
            found = await WithOthersThatLastAsync(request, found, episodes, cancellationToken);
        return found with { Asked = asked, ElapsedMs = Math.Round(clock.Elapsed.TotalMilliseconds, 1) };
    }

    /// <summary>Of several troubles that last each is told, the worst first; what one of them explains is no other.</summary>
    private async Task<WindowAnalysis> WithOthersThatLastAsync(
        WindowAnalysisRequest request,
        WindowAnalysis found,
        IReadOnlyList<Episode> episodes,
        CancellationToken cancellationToken
    )
    {
        var told = new List<WindowAnalysis> { found };
        foreach (var episode in episodes.Where(e => e.Lasts && e != found.Episode).Take(ReadingThresholds.MostAtOnce))
        {
            var other = await look.IntoAsync(request, episode, episodes, cancellationToken);
            foreach (var one in other.Also.Prepend(other).Where(one => one.Report.Verdict == CauseVerdict.Cause))
            {
                if (!told.SelectMany(t => t.Also.Prepend(t)).Any(t => Explains(t, one)))
                    told.Add(one with { Also = [] });
            }
        }

        told.RemoveAll(t => t.Report.Verdict != CauseVerdict.Cause && told.Count > 1);
        var also = told[0].Also.Concat(told.Skip(1)).ToList();
        return told[0] with { Also = also, Others = [.. found.Others.Where(o => !also.Exists(a => a.Episode == o))] };
    }

    private static bool Explains(WindowAnalysis told, WindowAnalysis other)
    {
        var service = other.Report.Items[0].Service;
        return told.Report.Verdict == CauseVerdict.Cause
            && (told.Report.Items[0].Service == service || told.Report.Affected.Any(a => a.Service == service));
    }

    /// <summary>What lasts; else what ended last and has a cause, where now is asked about; else the worst.</summary>
    private async Task<WindowAnalysis> LookIntoFirstAsync(
        WindowAnalysisRequest request,
        IReadOnlyList<Episode> episodes,
        CancellationToken cancellationToken
    )
    {
        if (!request.Now || episodes.Any(episode => episode.Lasts))
            return await look.IntoAsync(
                request,
                episodes.FirstOrDefault(episode => episode.Lasts || !request.Now),
                episodes,
                cancellationToken
            );
        WindowAnalysis? latest = null;
        foreach (var episode in episodes.OrderByDescending(episode => episode.Window.ToNs).Take(ReadingThresholds.MostEnded))
        {
            var found = await look.IntoAsync(request, episode, episodes, cancellationToken);
            if (found.Report.Verdict == CauseVerdict.Cause)
                return found;
            latest ??= found;
        }

        return latest ?? await look.IntoAsync(request, null, episodes, cancellationToken);
    }

    /// <summary>
    /// Some troubles are too small to stand out among a service's minutes (a slow inner call, a host, a shortcut): the newest stretch
    /// is looked into for them before it is said that nothing is wrong now.
    /// </summary>
    private async Task<WindowAnalysis?> LookAtLatestAsync(
        WindowAnalysisRequest request,
        IReadOnlyList<Episode> episodes,
        CancellationToken cancellationToken
    )
    {
        if (request.Window.Length < options.FocusFrom)
            return null;
        var ended = episodes.Select(episode => episode.Window.ToNs).DefaultIfEmpty(request.Window.FromNs).Max();
        WindowAnalysis? found = null;
        // Of what few requests meet the newest minutes alone show too little.
        foreach (var from in new[] { options.Latest, ReadingThresholds.LongLatest }.Select(From).Distinct())
            found ??= await LookAtLatestAsync(request, episodes, new TimeWindow(from, request.Window.ToNs), cancellationToken);
        return found;

        long From(TimeSpan length) => Math.Max(ended, UnixNanos.From(request.Window.To - length));
    }

    private async Task<WindowAnalysis?> LookAtLatestAsync(
        WindowAnalysisRequest request,
        IReadOnlyList<Episode> episodes,
        TimeWindow latest,
        CancellationToken cancellationToken
    )
    {
        if (latest.Length < options.ShortestLatest)
            return null;
        var troubles = episodes.Select(episode => episode.Window).ToList();
        var found = await LookAsync(skipped: 0);
        if (found.Report is not { Verdict: CauseVerdict.Cause, Items: [var cause, ..] } || cause.Confidence < options.SureOfLatest)
            return null;
        var against = await LookAsync(ReadingThresholds.SkippedOfLatest);
        if (
            against.Report.HasBaseline && (against.Report.Verdict != CauseVerdict.Cause || against.Report.Items[0].Service != cause.Service)
        )
            return null;
        var episode = await timeline.EpisodeOfAsync(cause.SeenAt ?? cause.Service, latest, options.FocusPast, cancellationToken);
        return found with { Asked = request.Window, Episode = episode };

        Task<WindowAnalysis> LookAsync(int skipped) =>
            look.IntoAsync(
                request with
                {
                    Window = latest,
                    Baselines = BaselineWindows.Before(latest, troubles, skipped),
                },
                null,
                episodes,
                cancellationToken
            );
    }

    // What began before the window is looked into from its beginning.
    private async Task<(WindowAnalysisRequest Request, IReadOnlyList<Episode> Episodes)> EpisodesAsync(
        WindowAnalysisRequest request,
        CancellationToken cancellationToken
    )
    {
        // A scope's spans are not counted by the minute, and who names good windows has chosen the bad one as carefully.
        if (request.Scope is not null || request.Baselines.Count > 0 || request.Window.Length < options.FocusFrom)
            return (request, []);
        var ongoing = request.Now ? await older.FindAsync(request.Window, options.FocusPast, cancellationToken) : [];
        if (ongoing.Count == 0)
            return (request, await timeline.FindAsync(request.Window, options.FocusPast, cancellationToken));
        var from = ongoing.Min(episode => episode.Window.FromNs);
        return (request with { Window = new TimeWindow(Math.Min(from, request.Window.FromNs), request.Window.ToNs) }, ongoing);
    }
}
