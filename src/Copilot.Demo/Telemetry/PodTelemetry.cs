using System.Diagnostics;
using System.Diagnostics.Metrics;
using Copilot.Demo.Faults;
using Copilot.Demo.Shop;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Copilot.Demo.Telemetry;

/// <summary>One pod's OpenTelemetry SDK, as a real process would set it up: tracer, logger and meter over OTLP/HTTP.</summary>
internal sealed class PodTelemetry : IDisposable
{
    private readonly TracerProvider tracing;
    private readonly MeterProvider metering;
    private readonly ILoggerFactory logging;
    private readonly Meter meter;
    private int inFlight;

    public PodTelemetry(ServingPod pod, Uri endpoint)
    {
        var (service, version, number) = pod;
        var region = AlpineShop.Regions[number % AlpineShop.Regions.Count];
        var instance = $"{service.Name}-{version.Replace(".", "", StringComparison.Ordinal)}-{(char)('a' + number)}";
        var resource = ResourceBuilder.CreateEmpty().AddService(service.Name, "alpine", version, autoGenerateServiceInstanceId: false, serviceInstanceId: instance)
            .AddAttributes(new Dictionary<string, object>
            {
                ["deployment.environment.name"] = "demo",
                ["k8s.pod.name"] = instance,
                ["k8s.namespace.name"] = "alpine",
                ["cloud.region"] = region,
            });
        var name = $"alpine.{service.Name}.{version}.{number}";
        Source = new ActivitySource(name, version);
        meter = new Meter(name, version);
        RequestDuration = meter.CreateHistogram<double>("http.server.request.duration", "s", "Duration of HTTP server requests.");
        meter.CreateObservableGauge("process.cpu.utilization", () => Math.Min(0.95, 0.12 + inFlight * 0.02), "1", "Share of one core in use.");

        tracing = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(name)
            .AddOtlpExporter(o => Configure(o, endpoint, "v1/traces")).Build();
        metering = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(name)
            .AddOtlpExporter((o, reader) =>
            {
                Configure(o, endpoint, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 15_000;
            }).Build();
        logging = LoggerFactory.Create(b => b.AddOpenTelemetry(o =>
        {
            o.SetResourceBuilder(resource);
            o.IncludeFormattedMessage = true;
            o.AddOtlpExporter(e => Configure(e, endpoint, "v1/logs"));
        }));
        Log = logging.CreateLogger(service.Name);
    }

    public ActivitySource Source { get; }

    public ILogger Log { get; }

    public Histogram<double> RequestDuration { get; }

    public void Enter() => Interlocked.Increment(ref inFlight);

    public void Leave() => Interlocked.Decrement(ref inFlight);

    /// <summary>Sends what is waiting, so that a burst of past telemetry does not overrun the exporter's queue.</summary>
    public void Flush() => tracing.ForceFlush(10_000);

    public void Dispose()
    {
        tracing.Dispose();
        metering.Dispose();
        logging.Dispose();
        meter.Dispose();
        Source.Dispose();
    }

    private static void Configure(OtlpExporterOptions options, Uri endpoint, string path)
    {
        options.Endpoint = new Uri(endpoint, path);
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
    }
}
