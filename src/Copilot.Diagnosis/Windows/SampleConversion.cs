using Copilot.Analysis.Samples;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Diagnosis.Windows;

/// <summary>The store's samples as the analysis takes them: dictionary ids become numbers of one table of names.</summary>
/// <param name="arriving">The moments whose spans may still be on their way.</param>
internal sealed class SampleConversion(SampleNames names, TimeWindow arriving)
{
    private readonly Dictionary<int, int> _services = [];
    private readonly Dictionary<int, int> _operations = [];
    private readonly Dictionary<int, int> _instances = [];

    public NameTable Table { get; } = new();

    public TelemetrySample Convert(WindowEvidence read)
    {
        var traces = read.Traces;
        var spans = Array.ConvertAll(
            traces.Spans,
            span =>
                span with
                {
                    Service = Service(span.Service),
                    Operation = Number(_operations, span.Operation, names.Operation),
                    Instance = Number(_instances, span.Resource, names.Instance),
                    Peer = Table.Add(traces.Names[span.Peer]),
                    ErrorType = Table.Add(traces.Names[span.ErrorType]),
                }
        );
        var index = traces.TraceIds.Select((id, i) => (id, i)).ToDictionary(t => t.id, t => t.i);
        return new TelemetrySample
        {
            Window = traces.Window,
            TraceIds = traces.TraceIds,
            Spans = spans,
            Weight = traces.Weight,
            Uniform = traces.Uniform,
            Counted = read.Counts?.ToDictionary(
                c => Table.Add(c.Key),
                c => new ServiceCount(c.Value.Requests, c.Value.Failed, c.Value.Durations)
            ),
            Arriving = arriving,
            Added = traces.Added.Select(a => (a.Trace, Service(a.Service))).ToHashSet(),
            Logs =
            [
                .. read.Logs.Select(l => new SampleLog
                {
                    TimeNs = l.TimeNs,
                    Service = Service(l.Service),
                    Instance = Number(_instances, l.Resource, names.Instance),
                    Severity = l.Severity,
                    Template = Table.Add(LogTemplate.Of(l.Body)),
                    Trace = index.GetValueOrDefault(l.Trace, -1),
                    Span = SpanId.FromInt64(l.Span),
                }),
            ],
        };
    }

    public IReadOnlyList<ResourceSeries> Convert(IReadOnlyList<SampledSeries> series) =>
        [
            .. series.Select(s => new ResourceSeries
            {
                Service = s.Service,
                Instance = names.Instance(s.Resource),
                Metric = s.Metric,
                Unit = s.Unit,
                Points = s.Points,
            }),
        ];

    public static SampleAttributes Convert(
        IReadOnlyDictionary<int, IReadOnlyList<(string Key, string Value)>> resources,
        IEnumerable<(IReadOnlyList<(TraceId Trace, SpanId Span)> Spans, IReadOnlyList<(string Key, string Value)>[] Values)> read
    )
    {
        var spans = new Dictionary<(TraceId, SpanId), IReadOnlyList<SampleAttributeValue>>();
        foreach (var (span, values) in read.SelectMany(r => r.Spans.Zip(r.Values)))
            spans[span] = Values(values);
        return new SampleAttributes { Resources = resources.ToDictionary(r => r.Key, r => Values(r.Value)), Spans = spans };

        static IReadOnlyList<SampleAttributeValue> Values(IReadOnlyList<(string Key, string Value)> of) =>
            [.. of.Select(v => new SampleAttributeValue(v.Key, v.Value))];
    }

    private int Service(int id) => Number(_services, id, names.Service);

    private int Number(Dictionary<int, int> known, int id, Func<int, string> name)
    {
        if (!known.TryGetValue(id, out var number))
            known.Add(id, number = Table.Add(name(id)));
        return number;
    }
}
