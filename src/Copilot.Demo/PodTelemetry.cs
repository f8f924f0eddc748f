using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Copilot.Demo;

/// <summary>One pod's OpenTelemetry SDK, as a real process would set it up: tracer, logger and meter over OTLP/HTTP.</summary>
internal sealed class PodTelemetry : IDisposable
{
    private readonly TracerProvider _tracing;
    private readonly MeterProvider _metering;
    private readonly ILoggerFactory _logging;
    private readonly Meter _meter;
    private int _inFlight;

    public PodTelemetry(ServingPod pod, Uri endpoint)
    {
        var (service, version, number) = pod;
        var region = AlpineShop.Regions[number % AlpineShop.Regions.Count];
        var instance = $"{service.Name}-{version.Replace(".", "", StringComparison.Ordinal)}-{(char)('a' + number)}";
        var resource = ResourceBuilder
            .CreateEmpty()
            .AddService(service.Name, "alpine", version, autoGenerateServiceInstanceId: false, serviceInstanceId: instance)
            .AddAttributes(
                new Dictionary<string, object>
                {
                    ["deployment.environment.name"] = "demo",
                    ["k8s.pod.name"] = instance,
                    ["k8s.namespace.name"] = "alpine",
                    ["cloud.region"] = region,
                }
            );
        var name = $"alpine.{service.Name}.{version}.{number}";
        Source = new ActivitySource(name, version);
        _meter = new Meter(name, version);
        RequestDuration = _meter.CreateHistogram<double>("http.server.request.duration", "s", "Duration of HTTP server requests.");
        _meter.CreateObservableGauge(
            "process.cpu.utilization",
            () => Math.Min(0.95, 0.12 + _inFlight * 0.02),
            "1",
            "Share of one core in use."
        );

        _tracing = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(name)
            .AddOtlpExporter(o => Configure(o, endpoint, "v1/traces"))
            .Build();
        _metering = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(name)
            .AddOtlpExporter(
                (o, reader) =>
                {
                    Configure(o, endpoint, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 15_000;
                }
            )
            .Build();
        _logging = LoggerFactory.Create(b =>
            b.AddOpenTelemetry(o =>
            {
                o.SetResourceBuilder(resource);
                o.IncludeFormattedMessage = true;
                o.AddOtlpExporter(e => Configure(e, endpoint, "v1/logs"));
            })
        );
        Log = _logging.CreateLogger(service.Name);
    }

    public ActivitySource Source { get; }

    public ILogger Log { get; }

    public Histogram<double> RequestDuration { get; }

    public void Enter() => Interlocked.Increment(ref _inFlight);

    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Sends what is waiting, so that a burst of past telemetry does not overrun the exporter's queue.</summary>
    public void Flush() => _tracing.ForceFlush(10_000);

    public void Dispose()
    {
        _tracing.Dispose();
        _metering.Dispose();
        _logging.Dispose();
        _meter.Dispose();
        Source.Dispose();
    }

    private static void Configure(OtlpExporterOptions options, Uri endpoint, string path)
    {
        options.Endpoint = new Uri(endpoint, path);
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
    }
}

/// <summary>All pods that have run so far, each with its own SDK; a deploy adds new ones.</summary>
internal sealed class Fleet(Uri endpoint) : IDisposable
{
    private readonly ConcurrentDictionary<(string Service, string Version, int Number), PodTelemetry> _pods = new();

    public PodTelemetry Of(ServingPod pod) =>
        _pods.GetOrAdd((pod.Service.Name, pod.Version, pod.Number), _ => new PodTelemetry(pod, endpoint));

    public void Flush()
    {
        foreach (var pod in _pods.Values)
            pod.Flush();
    }

    public void Dispose()
    {
        foreach (var pod in _pods.Values)
            pod.Dispose();
    }
}
