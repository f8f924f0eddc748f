using System.Diagnostics;
using Copilot.Ingest.Admission;
using Copilot.Ingest.Monitoring;
using Copilot.Ingest.Otlp;
using Copilot.Store.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
            routes
                .MapPost(signal.HttpPath(), Quietly(context => http.HandleAsync(signal, context)))
                .DisableAntiforgery()
                .OnIntake(ownRefusals: true);

        var memory = routes.ServiceProvider.GetRequiredService<BodyMemory>();
        routes
            .MapGrpcService(routes.ServiceProvider.GetRequiredService<OtlpGrpcService>().Define())
            .OnGrpcIntake()
            .Add(endpoint => endpoint.RequestDelegate = MeteredBody.Around(endpoint.RequestDelegate!, memory));

        var zipkin = routes.ServiceProvider.GetRequiredService<ZipkinEndpoint>();
        routes.MapPost(ZipkinEndpoint.Path, Quietly(zipkin.HandleAsync)).DisableAntiforgery().OnIntake(ownRefusals: true);
        routes.MapPost(ZipkinEndpoint.JaegerPath, Quietly(zipkin.HandleAsync)).DisableAntiforgery().OnIntake(ownRefusals: true);
        routes.MapMetrics();
        return routes;
    }

    private static RequestDelegate Quietly(RequestDelegate handler) =>
        async http =>
        {
            try
            {
                await handler(http);
            }
            catch (Exception gone) when (http.RequestAborted.IsCancellationRequested && gone is IOException or OperationCanceledException)
            {
                // The sender left before its request was whole, or before the answer: there is nobody to tell.
            }
        };
}

public static class ImportEndpoints
{
    /// <summary><c>POST /api/v1/import/complete</c>: answers once all that was imported can be asked about.</summary>
    public static IEndpointRouteBuilder MapImport(this IEndpointRouteBuilder routes)
    {
        var senders = routes.ServiceProvider.GetRequiredService<SenderKeys>();
        routes
            .MapPost(
                "/api/v1/import/complete",
                (HttpContext http, IEnumerable<ITelemetryCatchUp> passes, CancellationToken cancellationToken) =>
                    CompleteAsync(http, senders, passes, cancellationToken)
            )
            .DisableAntiforgery()
            .OnIntake();
        return routes;
    }

    private static async Task<IResult> CompleteAsync(
        HttpContext http,
        SenderKeys senders,
        IEnumerable<ITelemetryCatchUp> passes,
        CancellationToken cancellationToken
    )
    {
        if (senders.Recognize(http) is null)
            return Results.Problem(SenderKeys.Refusal(http).Message, statusCode: StatusCodes.Status401Unauthorized);
        var started = Stopwatch.GetTimestamp();
        foreach (var pass in passes)
            await pass.CatchUpAsync(cancellationToken);
        return Results.Ok(new { elapsedMs = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1) });
    }
}
