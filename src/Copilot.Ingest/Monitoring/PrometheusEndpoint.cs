using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Copilot.Ingest.Monitoring;

/// <summary><c>GET /metrics</c>: the app's figures about itself for Prometheus, in its text format or OpenMetrics, as asked for.</summary>
internal static class PrometheusEndpoint
{
    public static IServiceCollection AddPrometheusEndpoint(this IServiceCollection services)
    {
        services.AddSingleton<StoreFigures>();
        services.AddSingleton<IngestMeter>();
        return services.AddSingleton(provider => Provider(provider.GetRequiredService<IngestMeter>()));
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapPrometheusScrapingEndpoint(
            "/metrics",
            routes.ServiceProvider.GetRequiredService<MeterProvider>(),
            branch =>
                branch.Use(
                    async (http, next) =>
                    {
                        await http.RequestServices.GetRequiredService<StoreFigures>().RefreshAsync(http.RequestAborted);
                        await next(http);
                    }
                ),
            null
        );

    private static MeterProvider Provider(IngestMeter meter) =>
        Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty())
            .AddMeter(IngestMeter.Name)
            // Meters are found by name in the whole process, where another app may run.
            .AddView(instrument => meter.Has(instrument) ? null : MetricStreamConfiguration.Drop)
            .AddPrometheusExporter(exporter =>
            {
                // One app, one scope: the figures alone.
                exporter.ScopeInfoEnabled = false;
                exporter.TargetInfoEnabled = false;
                exporter.ScrapeResponseCacheDurationMilliseconds = 0;
            })
            .Build();
}
