using Copilot.Ingest.Admission;
using Copilot.Ingest.Monitoring;
using Copilot.Ingest.Otlp;
using Copilot.Store;
using Copilot.Store.Intake;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Copilot.Ingest;

public static class IngestRegistration
{
    /// <summary>The intake of telemetry and changes; needs the store.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration configuration)
    {
        StrictGzip.Enable();
        services.TryAddSingleton(TimeProvider.System);
        var options = configuration.GetSection("Ingest").Get<IngestOptions>() ?? new IngestOptions();
        services.AddSingleton(options);
        services.AddSingleton<BodyMemory>();
        services.AddSingleton<SpanAdmission>();
        services.AddSingleton<SenderKeys>();
        services.AddSingleton(provider => new IngestMonitor(
            provider.GetRequiredService<ITelemetryWriter>(),
            provider.GetRequiredService<CopilotDatabase>(),
            provider.GetRequiredService<BodyMemory>(),
            provider.GetRequiredService<SpanAdmission>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<RefusalLog>();
        services.AddPrometheusEndpoint();
        services.AddSingleton<OtlpIntake>();
        services.AddSingleton(provider => new InProcessIntake(provider.GetRequiredService<OtlpIntake>()));
        services.AddSingleton<OtlpHttpEndpoint>();
        services.AddSingleton<OtlpGrpcService>();
        // It logs each broken message with its stack; here they are told a line at a time.
        services.AddLogging(logging => logging.AddFilter("Grpc.AspNetCore.Server", LogLevel.None));
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.BodyLimit;
            grpc.CompressionProviders = [new BoundedGzip(options.BodyLimit)];
        });
        services.AddSingleton<ZipkinEndpoint>();
        return services;
    }
}
