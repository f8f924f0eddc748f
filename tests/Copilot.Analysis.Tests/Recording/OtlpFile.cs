using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Tests.Recording;

/// <summary>Samples as lines of OTLP/JSON, each one Export request of all processes for a stretch of time.</summary>
internal sealed class OtlpFile(string path, int seed, NameTable names, SampleAttributes said) : IDisposable
{
    private const long LineNs = 30_000_000_000;

    private readonly StreamWriter _writer = new(new GZipStream(File.Create(path), CompressionLevel.SmallestSize), new UTF8Encoding(false))
    {
        NewLine = "\n",
    };

    public void Dispose() => _writer.Dispose();

    public void WriteSpans(TelemetrySample sample)
    {
        foreach (var line in sample.Spans.GroupBy(s => s.EndNs / LineNs).OrderBy(g => g.Key))
        {
            Write(
                new
                {
                    resourceSpans = line.GroupBy(s => s.Resource)
                        .OrderBy(g => g.Key)
                        .Select(g => new
                        {
                            resource = new { attributes = Attributes(said.Resources[g.Key]) },
                            scopeSpans = new[]
                            {
                                new
                                {
                                    scope = new { name = "made-up" },
                                    spans = g.OrderBy(s => s.StartNs).Select(s => Span(s, sample.TraceIds[s.Trace])),
                                },
                            },
                        }),
                }
            );
        }
    }

    public void WriteLogs(TelemetrySample sample)
    {
        foreach (var line in sample.Logs.GroupBy(l => l.TimeNs / LineNs).OrderBy(g => g.Key))
        {
            Write(
                new
                {
                    resourceLogs = line.GroupBy(l => (l.Service, l.Instance))
                        .OrderBy(g => g.Key)
                        .Select(g => new
                        {
                            resource = new { attributes = Process(names[g.Key.Service], names[g.Key.Instance]) },
                            scopeLogs = new[] { new { logRecords = g.OrderBy(l => l.TimeNs).Select(l => Log(l, sample)) } },
                        }),
                }
            );
        }
    }

    public void WriteGauges(IEnumerable<ResourceSeries> series)
    {
        foreach (var process in series.GroupBy(s => (s.Service, s.Instance)))
        {
            Write(
                new
                {
                    resourceMetrics = new[]
                    {
                        new
                        {
                            resource = new { attributes = Process(process.Key.Service, process.Key.Instance ?? "") },
                            scopeMetrics = new[]
                            {
                                new
                                {
                                    metrics = process.Select(s => new
                                    {
                                        name = s.Metric,
                                        gauge = new
                                        {
                                            dataPoints = s.Points.Select(p => new { timeUnixNano = Whole(p.Item1), asDouble = p.Item2 }),
                                        },
                                    }),
                                },
                            },
                        },
                    },
                }
            );
        }
    }

    private object Span(SampleSpan span, TraceId trace)
    {
        var attributes = said.Spans.GetValueOrDefault((trace, span.Id), []).ToList();
        if (names[span.Peer] is { Length: > 0 } peer)
            attributes.Add(new SampleAttributeValue("server.address", peer));
        if (span.IsDatabase)
            attributes.Add(new SampleAttributeValue("db.system.name", "postgresql"));
        if (names[span.ErrorType] is { Length: > 0 } error)
            attributes.Add(new SampleAttributeValue("error.type", error));
        return new
        {
            traceId = Trace(trace),
            spanId = Spread(span.Id.Value),
            parentSpanId = span.Parent.IsEmpty ? "" : Spread(span.Parent.Value),
            name = names[span.Operation],
            kind = (int)span.Kind,
            startTimeUnixNano = Whole(Micros(span.StartNs)),
            endTimeUnixNano = Whole(Micros(span.StartNs) + Math.Max(1000, Micros(span.DurationNs))),
            attributes = Attributes(attributes),
            status = new { code = (int)span.Status },
        };
    }

    private object Log(SampleLog log, TelemetrySample sample) =>
        new
        {
            timeUnixNano = Whole(Micros(log.TimeNs)),
            severityNumber = log.Severity,
            severityText = log.Severity >= SeverityNumber.Error ? "ERROR" : "INFO",
            body = new { stringValue = names[log.Template] },
            traceId = log.Trace < 0 ? "" : Trace(sample.TraceIds[log.Trace]),
            spanId = log.Span.IsEmpty ? "" : Spread(log.Span.Value),
        };

    private static object Attributes(IEnumerable<SampleAttributeValue> values) =>
        values.Select(v => new { key = v.Key, value = new { stringValue = v.Value } });

    private static object Process(string service, string instance) =>
        Attributes(instance.Length == 0 ? [new("service.name", service)] : [new("service.name", service), new("k8s.pod.name", instance)]);

    private string Trace(TraceId trace) => Spread(trace.Low ^ 0x7f4a_7c15_0000_0000) + Spread(trace.Low);

    /// <summary>The generator counts its ids; those of two worlds must not meet.</summary>
    private string Spread(ulong id)
    {
        var mixed = unchecked((id + ((ulong)seed << 40)) * 0x9e37_79b9_7f4a_7c15);
        mixed = unchecked((mixed ^ (mixed >> 32)) * 0xd6e8_feb8_6659_fd93);
        return (mixed ^ (mixed >> 32)).ToString("x16", CultureInfo.InvariantCulture);
    }

    private static long Micros(long ns) => ns / 1000 * 1000;

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Write(object request) => _writer.WriteLine(JsonSerializer.Serialize(request));
}
