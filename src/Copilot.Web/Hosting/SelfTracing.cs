using Copilot.Answers;
using Copilot.Ingest.Otlp;
using Copilot.Telemetry.Spans;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Copilot.Web.Hosting;

/// <summary>
/// Sends the copilot's spans about itself to its own intake. Only spans about answering are listened to, never those of taking spans in,
/// so nothing runs in a circle; what does not fit into the queue is dropped.
/// </summary>
public sealed class SelfTracing(InProcessIntake intake, TracingOptions options) : IHostedService, IDisposable
{
    private const int MostWaiting = 2048;
    private const int PauseMilliseconds = 2000;

    private TracerProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Enabled)
            return Task.CompletedTask;
        _provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(OwnService.Name, serviceVersion: OwnService.Version))
            .AddSource(CopilotTracing.SourceName)
            .SetSampler(new AlwaysOnSampler())
            .AddOtlpExporter(exporter =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                // Never looked up: the handler behind it is the intake itself.
                exporter.Endpoint = new Uri("http://intake.invalid/v1/traces");
                exporter.HttpClientFactory = () => new HttpClient(intake, disposeHandler: false);
                exporter.BatchExportProcessorOptions = new BatchExportActivityProcessorOptions
                {
                    MaxQueueSize = MostWaiting,
                    ScheduledDelayMilliseconds = PauseMilliseconds,
                };
            })
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what waits: before the store stops, which was started earlier.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.ForceFlush(PauseMilliseconds);
        return Task.CompletedTask;
    }

    /// <summary>Sends what waits, now.</summary>
    public bool Flush() => _provider?.ForceFlush() ?? true;

    public void Dispose() => _provider?.Dispose();
}
