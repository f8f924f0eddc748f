using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Diagnosis.Timeline;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Windows;

/// <summary>One look into a window: reads a sample of it and of good windows, ranks what may have caused it, and then what is wrong beside
/// that.</summary>
public sealed class WindowLook(
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
) : IDisposable
{
    private readonly SemaphoreSlim _atOnce = new(ReadingThresholds.LooksAtOnce);

    /// <param name="episode">The stretch of the window to look into; null: all of it.</param>
    /// <param name="episodes">All that stand out in the window.</param>
    public async Task<WindowAnalysis> IntoAsync(
        WindowAnalysisRequest request,
        Episode? episode,
        IReadOnlyList<Episode> episodes,
        CancellationToken cancellationToken
    )
    {
        await _atOnce.WaitAsync(cancellationToken);
        try
        {
            return await LookAsync(request, episode, episodes, cancellationToken);
        }
        finally
        {
            _atOnce.Release();
        }
    }

    public void Dispose() => _atOnce.Dispose();

    private async Task<WindowAnalysis> LookAsync(
        WindowAnalysisRequest request,
        Episode? episode,
        IReadOnlyList<Episode> episodes,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var window = episode is null ? request.Window : Focus(episode.Window, request);
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
        await LoadNamesAsync([bad, .. baselines], cancellationToken);
        var conversion = new SampleConversion(names, new TimeWindow(now - options.Arriving, now));
        var input = new AnalysisInput
        {
            Names = conversion.Table,
            Bad = conversion.Convert(bad),
            Baselines = [.. baselines.Select(conversion.Convert)],
            Changes = await readingChanges,
            PeerNames = (await ownership.CurrentAsync(cancellationToken)).PeerNames,
        };
        IReadOnlyList<SampledTraces> read = [bad.Traces, .. baselines.Select(b => b.Traces)];
        var search = new CauseSearch(input);
        var report = await ConcludeAsync(search, window, read, conversion, cancellationToken);
        var further = new List<CauseReport>();
        while (request is { Beside: true, Scope: null } && further.Count < CauseSearch.MostFurther && search.Further() is { } rest)
        {
            var next = await ConcludeAsync(rest, window, read, conversion, cancellationToken);
            if (!search.IsOfItsOwn(next))
                break;
            further.Add(next);
            search = rest;
        }

        var found = new WindowAnalysis
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
        return await BesideAsync(found, further, episodes, cancellationToken);
    }

    /// <summary>
    /// The same look once for each trouble in it, first the one that the episode shows. Each has the episode that fits it; figures are of
    /// all requests, whichever of them it was found in.
    /// </summary>
    private async Task<WindowAnalysis> BesideAsync(
        WindowAnalysis found,
        IReadOnlyList<CauseReport> further,
        IReadOnlyList<Episode> episodes,
        CancellationToken cancellationToken
    )
    {
        if (further.Count == 0)
            return found;
        var counted = found.Report.Health.ToDictionary(h => h.Service, StringComparer.Ordinal);
        var reports = further
            .Select(report =>
                report with
                {
                    Affected = [.. report.Affected.Select(a => a with { Health = counted.GetValueOrDefault(a.Service, a.Health) })],
                }
            )
            .Prepend(found.Report)
            .ToList();
        var own = new Dictionary<CauseReport, Episode?>(ReferenceEqualityComparer.Instance);
        foreach (var report in reports)
            own[report] = await timeline.EpisodeOfAsync(SeveralTroubles.Place(report), found.Window, options.FocusPast, cancellationToken);
        var first = found.Episode is { } shown ? SeveralTroubles.First(shown, reports, own) : found.Report;
        var also = reports
            .Where(report => report != first)
            .Select(report =>
                found with
                {
                    Report = report,
                    Episode =
                        own[report]
                        ?? episodes.FirstOrDefault(episode =>
                            episode != found.Episode && SeveralTroubles.IsOfPlace(report, episode, found.Window)
                        ),
                    Others = [],
                }
            )
            .ToList();
        return found with
        {
            Report = first,
            Episode = found.Episode is { } seen ? SeveralTroubles.OfFirst(seen, first, reports, own[first]) : null,
            Also = also,
            Others =
            [
                .. found.Others.Where(o => !also.Exists(a => a.Episode == o || SeveralTroubles.IsOfPlace(a.Report, o, found.Window))),
            ],
        };
    }

    private async Task<CauseReport> ConcludeAsync(
        CauseSearch search,
        TimeWindow window,
        IReadOnlyList<SampledTraces> read,
        SampleConversion conversion,
        CancellationToken cancellationToken
    )
    {
        var reading = AttributesAsync(search, read, cancellationToken);
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
        return search.Conclude(conversion.Convert(resources), await reading);
    }

    /// <summary>The stretch that the trouble is confined to: two bad minutes among twenty good ones would drown.</summary>
    private TimeWindow Focus(TimeWindow trouble, WindowAnalysisRequest request)
    {
        var asked = request.Window;
        // Whoever names a window knows of the trouble; nobody chose how long "now" looks back.
        if (!request.Now && trouble.Seconds > options.FocusBelow * asked.Seconds)
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

        var told = read.Where(r => r.Traces.TraceIds.Count > 0).ToList();
        // Where nothing sends spans, log records have a past all the same.
        return told.Count > 0 ? told : [.. read.Take(ReadingThresholds.BaselineSteps)];
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

    private async Task LoadNamesAsync(List<WindowEvidence> read, CancellationToken cancellationToken)
    {
        var services = new HashSet<int>();
        var operations = new HashSet<int>();
        var resources = new HashSet<int>();
        foreach (var span in read.SelectMany(r => r.Traces.Spans))
        {
            services.Add(span.Service);
            operations.Add(span.Operation);
            resources.Add(span.Resource);
        }

        foreach (var log in read.SelectMany(r => r.Logs))
        {
            services.Add(log.Service);
            resources.Add(log.Resource);
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
