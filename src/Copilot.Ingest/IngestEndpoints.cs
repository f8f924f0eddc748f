using Copilot.Ingest.Admission;
using Copilot.Ingest.Grpc;
using Copilot.Ingest.Monitoring;
using Copilot.Ingest.Otlp;
using Copilot.Ingest.Zipkin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Ingest;

public static class IngestEndpoints
{
    /// <summary>OTLP over HTTP and gRPC, Zipkin's version 2, and <c>/metrics</c>.</summary>
    public static IEndpointRouteBuilder MapOtlp(this IEndpointRouteBuilder routes)
    {
        var http = routes.ServiceProvider.GetRequiredService<OtlpHttpEndpoint>();
        foreach (var signal in SignalNames.All)
            routes.MapPost(signal.HttpPath(), context => http.HandleAsync(signal, context)).DisableAntiforgery();

        var memory = routes.ServiceProvider.GetRequiredService<BodyMemory>();
        routes.MapGrpcService(routes.ServiceProvider.GetRequiredService<OtlpGrpcService>().Define())
            .Add(endpoint => endpoint.RequestDelegate = MeteredBody.Around(endpoint.RequestDelegate!, memory));

        var zipkin = routes.ServiceProvider.GetRequiredService<ZipkinEndpoint>();
        routes.MapPost(ZipkinEndpoint.Path, context => zipkin.HandleAsync(context)).DisableAntiforgery();
        routes.MapMetrics();
        return routes;
    }
}
