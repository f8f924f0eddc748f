using System.Diagnostics;
using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Diagnosis.Timeline;
using Copilot.Ownership.Owners;
using Copilot.Store.Commands;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Copilot.TraceQL;

namespace Copilot.Diagnosis.Windows;

/// <summary>From a window to who is affected and where it starts: reads a sample of the window and of good windows, and ranks.</summary>
public sealed class WindowAnalyzer(
    SampleReads samples,
    SampleLogReads logs,
    SampleMetricReads metrics,
    SampleNames names,
    TroubleTimeline timeline,
    ServiceCountReads counts,
    WorseServices worse,
    ChangeReads changes,
    SpanAttributeReads attributes,
    IOwnership ownership,
    DiagnosisOptions options,
    TimeProvider time
)
{
    private readonly ResultCache _cache = new(options.Fresh, time);

    /// <exception cref="TraceQlException">The scope is no spanset filter.</exception>
    /// <exception cref="QueryTooExpensiveException">A window is longer than is looked into, or the look took too long.</exception>
    public Task<WindowAnalysis> AnalyzeAsync(WindowAnalysisRequest request, CancellationToken cancellationToken)
    {
        foreach (var window in request.Baselines.Prepend(request.Window))
            QueryTooExpensiveException.CheckWindow(window);
        return _cache.GetAsync(request, () => LookAsync(request, cancellationToken));
    }

    private async Task<WindowAnalysis> LookAsync(WindowAnalysisRequest request, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var episodes = await EpisodesAsync(request, cancellationToken);
        var found =
            request.Now && await LookAtLatestAsync(request, episodes, cancellationToken) is { } latest
                ? latest
                : await LookIntoAsync(request, Chosen(request, episodes), episodes, cancellationToken);
        return found with { ElapsedMs = Math.Round(clock.Elapsed.TotalMilliseconds, 1) };
    }

    /// <summary>What lasts; else what ended last, where now is asked about; else the worst.</summary>
    private static Episode? Chosen(WindowAnalysisRequest request, IReadOnlyList<Episode> episodes) =>
        request.Now ? episodes.FirstOrDefault(episode => episode.Lasts) ?? episodes.MaxBy(episode => episode.Window.ToNs)
        : episodes is [var worst, ..] ? worst
        : null;

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
        var to = request.Window.ToNs;
        var newest = UnixNanos.From(request.Window.To - options.Latest);
        var from = episodes.Select(episode => episode.Window.ToNs).Append(newest).Max();
        var latest = new TimeWindow(from, to);
        if (request.Window.Length < options.FocusFrom || latest.Length < options.ShortestLatest)
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
            LookIntoAsync(
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

    private async Task<WindowAnalysis> LookIntoAsync(
        WindowAnalysisRequest request,
        Episode? episode,
        IReadOnlyList<Episode> episodes,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var window = episode is null ? request.Window : Focus(episode.Window, request.Window);
        var reader = new EvidenceReader(samples, logs, counts, request.Scope);
        var readingBad = reader.ReadAsync(window, options.MostTraces, options.MostSpans, cancellationToken);
        var readingChanges = changes.FindAsync(
            new ChangeFilter { From = window.From - options.ChangesFrom, To = window.To },
            cancellationToken
        );
        var others = episodes.Where(e => e != episode).ToList();
        var baselines = await BaselinesAsync(
            reader,
            request with
            {
                Window = window,
            },
            [.. others.Select(e => e.Window)],
            cancellationToken
        );
        var bad = await readingBad;
        if (request.Scope is null && baselines.Any(b => b.Traces.Weight > 1))
            (bad, baselines) = await ReadMoreAsync(reader, bad, baselines, cancellationToken);
        await LoadNamesAsync([bad.Traces, .. baselines.Select(b => b.Traces)], cancellationToken);
        var conversion = new SampleConversion(names, new TimeWindow(now - options.Arriving, now));
        var input = new AnalysisInput
        {
            Names = conversion.Table,
            Bad = conversion.Convert(bad),
            Baselines = [.. baselines.Select(conversion.Convert)],
            Changes = await readingChanges,
            PeerNames = (await ownership.CurrentAsync(cancellationToken)).PeerNames,
        };
        var search = new CauseSearch(input);
        var reading = AttributesAsync(search, [bad.Traces, .. baselines.Select(b => b.Traces)], cancellationToken);
        var suspects = search.Suspects(options.MostSuspects, options.MostWithoutSuspects);
        var resources =
            suspects.Count == 0
                ? []
                : await metrics.ResourcesAsync(
                    suspects,
                    new TimeWindow(window.FromNs - (options.ResourcesFrom.Ticks * 100), window.ToNs),
                    suspects.Count > options.MostSuspects,
                    cancellationToken
                );
        await names.LoadAsync([], [], resources.Select(r => r.Resource), cancellationToken);
        var report = search.Conclude(conversion.Convert(resources), await reading);
        return new WindowAnalysis
        {
            Asked = request.Window,
            Window = window,
            Episode = episode,
            Others = others,
            Baselines = [.. baselines.Select(b => b.Traces.Window)],
            Scope = request.Scope,
            Report = report,
            Queries = reader.Queries,
            Traces = (long)Math.Round(bad.Traces.Uniform * bad.Traces.Weight),
            TracesRead = bad.Traces.TraceIds.Count,
            IsExact = bad.Traces.Weight == 1 && baselines.All(b => b.Traces.Weight == 1),
        };
    }

    private async Task<IReadOnlyList<Episode>> EpisodesAsync(WindowAnalysisRequest request, CancellationToken cancellationToken)
    {
        // A scope's spans are not counted by the minute, and who names good windows has chosen the bad one as carefully.
        if (request.Scope is not null || request.Baselines.Count > 0 || request.Window.Length < options.FocusFrom)
            return [];
        return await timeline.FindAsync(request.Window, options.FocusPast, cancellationToken);
    }

    /// <summary>The stretch that the trouble is confined to: two bad minutes among twenty good ones would drown.</summary>
    private TimeWindow Focus(TimeWindow trouble, TimeWindow asked)
    {
        if (trouble.Seconds > options.FocusBelow * asked.Seconds)
            return asked;
        var shortest = (long)options.FocusShortest.TotalSeconds * UnixNanos.PerSecond;
        var lacking = Math.Max(0, shortest - (trouble.ToNs - trouble.FromNs));
        return new TimeWindow(Math.Max(asked.FromNs, trouble.FromNs - lacking), trouble.ToNs);
    }

    private async Task<IReadOnlyList<WindowEvidence>> BaselinesAsync(
        EvidenceReader reader,
        WindowAnalysisRequest request,
        IReadOnlyList<TimeWindow> troubles,
        CancellationToken cancellationToken
    )
    {
        var tried = request.Baselines.Count > 0 ? request.Baselines : BaselineWindows.Before(request.Window, troubles);
        var read = (
            await Task.WhenAll(
                tried.Select(w => reader.ReadAsync(w, options.MostBaselineTraces, options.MostBaselineSpans, cancellationToken))
            )
        ).ToList();
        var windows = tried.ToList();
        while (request.Baselines.Count == 0 && read.Sum(r => r.Traces.TraceIds.Count) < ReadingThresholds.BaselineTraces)
        {
            var next = BaselineWindows.Further(request.Window, windows);
            if (next.From < request.Window.From - options.BaselineFrom)
                break;
            windows.Add(next);
            read.Add(await reader.ReadAsync(next, options.MostBaselineTraces, options.MostBaselineSpans, cancellationToken));
        }

        return [.. read.Where(r => r.Traces.TraceIds.Count > 0)];
    }

    /// <summary>More traces of the services that the rollups know to be worse: few of many traces would hardly show them.</summary>
    private async Task<(WindowEvidence Bad, IReadOnlyList<WindowEvidence> Baselines)> ReadMoreAsync(
        EvidenceReader reader,
        WindowEvidence bad,
        IReadOnlyList<WindowEvidence> baselines,
        CancellationToken cancellationToken
    )
    {
        var wanted = await worse.FindAsync(bad.Traces.Window, [.. baselines.Select(b => b.Traces.Window)], cancellationToken);
        if (wanted.Count == 0)
            return (bad, baselines);
        var half = wanted.ToDictionary(w => w.Key, w => w.Value / 2, StringComparer.Ordinal);
        var more = await Task.WhenAll(
            baselines
                .Select(b => reader.ReadMoreAsync(b, half, cancellationToken))
                .Prepend(reader.ReadMoreAsync(bad, wanted, cancellationToken))
        );
        return (more[0], more[1..]);
    }

    private async Task LoadNamesAsync(List<SampledTraces> read, CancellationToken cancellationToken)
    {
        var services = new HashSet<int>();
        var operations = new HashSet<int>();
        var resources = new HashSet<int>();
        foreach (var span in read.SelectMany(r => r.Spans))
        {
            services.Add(span.Service);
            operations.Add(span.Operation);
            resources.Add(span.Resource);
        }

        await names.LoadAsync(services, operations, resources, cancellationToken);
    }

    /// <summary>What the sample's resources say, and what those spans say that may tell whom the trouble befalls.</summary>
    private async Task<SampleAttributes> AttributesAsync(
        CauseSearch search,
        IReadOnlyList<SampledTraces> read,
        CancellationToken cancellationToken
    )
    {
        var wanted = search.SpansWanted(options.MostRequestsWithAttributes);
        if (wanted.Count == 0)
            return SampleAttributes.None;
        var ofSpans = Task.WhenAll(wanted.Select(w => attributes.OfSpansAsync(w.Spans, w.Window, cancellationToken)));
        var ofResources = await attributes.OfResourcesAsync(
            [.. read.SelectMany(r => r.Spans).Select(s => s.Resource).Distinct()],
            cancellationToken
        );
        return SampleConversion.Convert(ofResources, wanted.Select(w => w.Spans).Zip(await ofSpans));
    }
}
