using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Tests.Worlds;

/// <summary>Reads OTLP/JSON lines into samples, so that the analysis can be judged without a database.</summary>
public sealed class SampleLoader
{
    private readonly Dictionary<TraceId, List<SampleSpan>> _traces = [];
    private readonly List<(SampleLog Log, TraceId Trace)> _logs = [];
    private readonly Dictionary<(string Service, string Instance, string Metric), List<(long, double)>> _metrics = [];

    private readonly Dictionary<int, IReadOnlyList<SampleAttributeValue>> _resources = [];
    private readonly Dictionary<string, int> _resourceNumbers = [];
    private readonly Dictionary<(TraceId, SpanId), IReadOnlyList<SampleAttributeValue>> _said = [];

    public NameTable Names { get; } = new();

    public SampleAttributes Said => new() { Resources = _resources, Spans = _said };

    public static IEnumerable<JsonElement> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line.Replace(":NaN", ":null", StringComparison.Ordinal));
            yield return document.RootElement;
        }
    }

    public SampleLoader AddTraces(string path)
    {
        foreach (var line in Lines(path))
        {
            foreach (var resource in line.GetProperty("resourceSpans").EnumerateArray())
            {
                var attributes = Attributes(resource.GetProperty("resource"));
                var service = Names.Add(attributes.GetValueOrDefault("service.name"));
                var instance = Names.Add(
                    attributes.GetValueOrDefault("k8s.pod.name") ?? attributes.GetValueOrDefault("service.instance.id")
                );
                var number = Resource(attributes);
                foreach (
                    var span in resource.GetProperty("scopeSpans").EnumerateArray().SelectMany(s => s.GetProperty("spans").EnumerateArray())
                )
                    Add(span, service, instance, number);
            }
        }

        return this;
    }

    private int Resource(Dictionary<string, string> attributes)
    {
        var all = string.Join('\n', attributes.Select(a => $"{a.Key}={a.Value}").Order(StringComparer.Ordinal));
        if (_resourceNumbers.TryAdd(all, _resourceNumbers.Count))
            _resources.Add(_resourceNumbers.Count - 1, Values(attributes));
        return _resourceNumbers[all];
    }

    private static List<SampleAttributeValue> Values(Dictionary<string, string> attributes) =>
        [.. attributes.Select(a => new SampleAttributeValue(a.Key, a.Value))];

    private void Add(JsonElement span, int service, int instance, int resource)
    {
        var trace = TraceId.Parse(span.GetProperty("traceId").GetString()!);
        if (!_traces.TryGetValue(trace, out var spans))
            _traces.Add(trace, spans = []);
        _ = SpanId.TryParse(span.GetProperty("spanId").GetString(), out var id);
        _ = SpanId.TryParse(span.TryGetProperty("parentSpanId", out var p) ? p.GetString() : null, out var parent);
        var attributes = Attributes(span);
        var start = Number(span, "startTimeUnixNano");
        spans.Add(
            new SampleSpan
            {
                Trace = 0,
                Id = id,
                Parent = parent,
                Service = service,
                Operation = Names.Add(span.GetProperty("name").GetString()),
                Kind = (SpanKind)span.GetProperty("kind").GetInt32(),
                Status =
                    span.TryGetProperty("status", out var status) && status.TryGetProperty("code", out var code)
                        ? (SpanStatus)code.GetInt32()
                        : SpanStatus.Unset,
                StartNs = start,
                DurationNs = Number(span, "endTimeUnixNano") - start,
                Instance = instance,
                Peer = Names.Add(attributes.GetValueOrDefault("peer.service") ?? attributes.GetValueOrDefault("server.address")),
                IsDatabase = attributes.ContainsKey("db.system.name") || attributes.ContainsKey("db.system"),
                ErrorType = Names.Add(attributes.GetValueOrDefault("error.type")),
                Resource = resource,
            }
        );
        if (!spans[^1].IsCall)
            _said[(trace, id)] = Values(attributes);
    }

    public SampleLoader AddLogs(string path)
    {
        foreach (var line in Lines(path))
        {
            foreach (var resource in line.GetProperty("resourceLogs").EnumerateArray())
            {
                var attributes = Attributes(resource.GetProperty("resource"));
                var service = Names.Add(attributes.GetValueOrDefault("service.name"));
                var instance = Names.Add(attributes.GetValueOrDefault("k8s.pod.name"));
                foreach (
                    var log in resource
                        .GetProperty("scopeLogs")
                        .EnumerateArray()
                        .SelectMany(s => s.GetProperty("logRecords").EnumerateArray())
                )
                {
                    var body =
                        log.TryGetProperty("body", out var b) && b.TryGetProperty("stringValue", out var text) ? text.GetString() : null;
                    _ = TraceId.TryParse(log.TryGetProperty("traceId", out var t) ? t.GetString() : null, out var trace);
                    _ = SpanId.TryParse(log.TryGetProperty("spanId", out var s) ? s.GetString() : null, out var span);
                    _logs.Add(
                        (
                            new SampleLog
                            {
                                TimeNs = Number(log, "timeUnixNano"),
                                Service = service,
                                Instance = instance,
                                Severity = log.TryGetProperty("severityNumber", out var severity) ? severity.GetInt32() : 0,
                                Template = Names.Add(LogTemplate.Of(body)),
                                Span = span,
                            },
                            trace
                        )
                    );
                }
            }
        }

        return this;
    }

    public SampleLoader AddMetrics(string path)
    {
        foreach (var line in Lines(path))
        {
            foreach (var resource in line.GetProperty("resourceMetrics").EnumerateArray())
            {
                var attributes = Attributes(resource.GetProperty("resource"));
                foreach (
                    var metric in resource
                        .GetProperty("scopeMetrics")
                        .EnumerateArray()
                        .SelectMany(s => s.GetProperty("metrics").EnumerateArray())
                )
                {
                    if (!metric.TryGetProperty("gauge", out var gauge))
                        continue;
                    foreach (var point in gauge.GetProperty("dataPoints").EnumerateArray())
                    {
                        var name =
                            metric.GetProperty("name").GetString()!
                            + string.Concat(Attributes(point).OrderBy(a => a.Key).Select(a => " " + a.Value));
                        var key = (
                            attributes.GetValueOrDefault("service.name", ""),
                            attributes.GetValueOrDefault("k8s.pod.name", ""),
                            name
                        );
                        if (!_metrics.TryGetValue(key, out var points))
                            _metrics.Add(key, points = []);
                        if (!point.TryGetProperty("asDouble", out var value))
                            points.Add((Number(point, "timeUnixNano"), Number(point, "asInt")));
                        else if (value.ValueKind == JsonValueKind.Number)
                            points.Add((Number(point, "timeUnixNano"), value.GetDouble()));
                    }
                }
            }
        }

        return this;
    }

    public TelemetrySample Sample(TimeWindow window)
    {
        var traces = _traces.Where(t => window.Contains(StartOf(t.Value))).OrderBy(t => t.Key).ToList();
        var index = traces.Select((t, i) => (t.Key, i)).ToDictionary(t => t.Key, t => t.i);
        return new TelemetrySample
        {
            Window = window,
            TraceIds = [.. traces.Select(t => t.Key)],
            Spans = [.. traces.SelectMany((t, i) => t.Value.Select(s => s with { Trace = i }))],
            Logs =
            [
                .. _logs.Where(l => window.Contains(l.Log.TimeNs)).Select(l => l.Log with { Trace = index.GetValueOrDefault(l.Trace, -1) }),
            ],
        };
    }

    public IReadOnlyList<ResourceSeries> Resources(TimeWindow window) =>
        [
            .. _metrics.Select(m => new ResourceSeries
            {
                Service = m.Key.Service,
                Instance = m.Key.Instance,
                Metric = m.Key.Metric,
                Points =
                [
                    .. m
                        .Value.Where(p =>
                            p.Item1 > window.FromNs - (30 * UnixNanos.PerMinute) && p.Item1 <= window.ToNs + UnixNanos.PerMinute
                        )
                        .Distinct()
                        .OrderBy(p => p.Item1),
                ],
            }),
        ];

    private static long StartOf(List<SampleSpan> spans)
    {
        var roots = spans.Where(s => s.Parent.IsEmpty).ToList();
        return (roots.Count > 0 ? roots : spans).Min(s => s.StartNs);
    }

    private static Dictionary<string, string> Attributes(JsonElement element) =>
        element.TryGetProperty("attributes", out var list)
            ? list.EnumerateArray()
                .GroupBy(a => a.GetProperty("key").GetString()!)
                .ToDictionary(a => a.Key, a => a.First().GetProperty("value").EnumerateObject().First().Value.ToString())
            : [];

    private static long Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.Number
                ? value.GetInt64()
                : long.Parse(value.GetString()!, CultureInfo.InvariantCulture)
            : 0;
}
