using Copilot.Analysis.Attribution;
using Copilot.Analysis.CallPatterns;
using Copilot.Analysis.Localization;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Causes;

/// <summary>
/// Finds where trouble starts. Every signal compares the bad window with good ones; what a callee explains is taken off its
/// callers; what is left is weighed per service or peer. A verdict needs more than a first place: somebody must be clearly worse
/// (or requests demonstrably astray), and the first place must explain it. In two steps, because resource metrics are many and
/// only those of the suspects matter.
/// </summary>
public sealed class CauseSearch
{
    /// <inheritdoc cref="FurtherTroubleThresholds.Most"/>
    public const int MostFurther = FurtherTroubleThresholds.Most;

    private readonly SampleRequests _sample;
    private readonly List<Suspicion> _left;
    private readonly Dictionary<int, HealthChange> _health;
    private readonly CallGraph _graph;
    private NodeScore? _cause;

    public CauseSearch(AnalysisInput input)
    {
        _sample = SampleRequests.Read(input);
        var found = Find();
        _left = input.Options.UsePropagation ? SharedCallee.Assign(Propagation.Unexplained(found, _sample.Bad), _sample) : found;
        if (input.Options.UseRetries)
            _left.AddRange(RetrySignal.Find(_left, _sample).ToList());
        _health = HealthComparison.Compare(_sample);
        _graph = CallGraph.Of(_sample);
    }

    /// <summary>The services whose resources are worth a look, most suspicious first; everybody's, where nobody stands out.</summary>
    public IReadOnlyList<string> Suspects(int most, int mostWhereNobody)
    {
        var nodes = Weighing.Weigh(_left, _sample).Where(n => _sample.IsService(n.Node)).ToList();
        return nodes.Count > 0 && nodes[0].Score >= SuspectThresholds.Convincing
            ? [.. nodes.Take(most).Select(n => _sample.Names[n.Node])]
            : [.. nodes.Select(n => n.Node).Union(_health.Keys).Take(mostWhereNobody).Select(s => _sample.Names[s])];
    }

    /// <summary>
    /// The spans whose attributes may tell what the first suspect's trouble is confined to: its own and its callers', of requests that
    /// suffer and of those that do not, now and before.
    /// </summary>
    /// <param name="most">Of so many requests of the bad window, and of the good ones together.</param>
    public IReadOnlyList<(TimeWindow Window, IReadOnlyList<(TraceId Trace, SpanId Span)> Spans)> SpansWanted(int most)
    {
        var first = Weighing.Weigh(_left, _sample).FirstOrDefault();
        if (first is null || first.Score < SuspectThresholds.Convincing)
            return [];
        var exposures = new Exposures(ValueLocalizer.ToldBy(first), _sample.Bad);
        return
        [
            .. _sample
                .Baselines.Select(b => (b, most / _sample.Baselines.Count))
                .Append((_sample.Bad, most))
                .Select(of => (of.Item1.Sample.Window, Spans(of.Item1, of.Item2))),
        ];

        IReadOnlyList<(TraceId, SpanId)> Spans(RequestSet set, int requests) =>
            [
                .. exposures
                    .In(set, isBad: false)
                    .Select(e => e.Request)
                    .OrderBy(r => r.Trace)
                    .Take(requests)
                    .SelectMany(r => TraitReader.SpansOf(r, set))
                    .Distinct()
                    .Select(s => (set.Sample.TraceIds[set.Forest.Spans[s].Trace], set.Forest.Spans[s].Id)),
            ];
    }

    /// <param name="resources">Metrics of the suspects.</param>
    /// <param name="attributes">Of the sample's resources and of the spans wanted.</param>
    public CauseReport Conclude(IReadOnlyList<ResourceSeries> resources, SampleAttributes attributes)
    {
        var suspicions = _left;
        if (_sample.Input.Options.UseResources && _sample.Baselines.Count > 0)
            suspicions = [.. _left, .. ResourceSignal.Find(_sample, resources)];
        IReadOnlyList<NodeScore> nodes = Weighing.Weigh(suspicions, _sample);
        var traits = new TraitReader(_sample, attributes);
        var shared = new SharedValueLocalizer(_sample, traits).Find(nodes);
        nodes = shared?.First(nodes) ?? nodes;
        var judgement = Judgement.Of(_sample, nodes, _health, _graph);
        _cause = judgement.Verdict == CauseVerdict.Cause && shared is null ? nodes[0] : null;
        return new ReportWriter(_sample, nodes, _health, _graph, judgement, new ValueLocalizer(_sample, traits), shared).Write();
    }

    /// <summary>The search in the requests that the cause has no part in, once there is a conclusion; null where there is no cause, where
    /// several services share the place of the trouble, or too little is left.</summary>
    public CauseSearch? Further() =>
        _cause is not null && FurtherTrouble.Without(_sample, _cause) is { } rest ? new CauseSearch(rest) : null;

    /// <summary>Whether what <see cref="Further"/> found is a trouble of its own.</summary>
    public bool IsOfItsOwn(CauseReport further) =>
        _cause is not null
        && further is { Verdict: CauseVerdict.Cause, Items: [var item, ..] }
        && FurtherTrouble.IsOfItsOwn(_sample, _graph, _cause, item);

    private List<Suspicion> Find()
    {
        if (_sample.Baselines.Count == 0)
            return [];
        var found = EdgeAttribution.Assign(LatencySignal.Find(_sample), _sample);
        if (_sample.Input.Options.UsePools)
            found = PoolAttribution.Assign(found, _sample);
        found.AddRange(ErrorSignal.Find(_sample));
        if (_sample.Input.Options.UseLogs)
            found.AddRange(LogSignal.Find(_sample));
        if (_sample.Input.Options.UseTimeouts)
            found.AddRange(TimeoutSignal.Find(_sample));
        if (_sample.Input.Options.UseFlow)
            found.AddRange(FlowSignal.Find(_sample));
        return found;
    }
}

/// <summary>Ranks causes in one step, where everything is at hand already.</summary>
public static class CauseRanker
{
    public static CauseReport Rank(AnalysisInput input) => new CauseSearch(input).Conclude(input.Resources, input.Attributes);

    /// <summary>The cause, and what goes wrong beside it.</summary>
    public static IReadOnlyList<CauseReport> RankAll(AnalysisInput input)
    {
        var search = new CauseSearch(input);
        var found = new List<CauseReport> { search.Conclude(input.Resources, input.Attributes) };
        while (found.Count <= CauseSearch.MostFurther && search.Further() is { } rest)
        {
            var report = rest.Conclude(input.Resources, input.Attributes);
            if (!search.IsOfItsOwn(report))
                break;
            found.Add(report);
            search = rest;
        }

        return found;
    }
}
