using System.Diagnostics;
using Copilot.Ingest.Senders;
using Copilot.Store.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Ingest.Importing;

public static class ImportEndpoints
{
    /// <summary><c>POST /api/v1/import/complete</c>: answers once all that was imported can be asked about.</summary>
    public static IEndpointRouteBuilder MapImport(this IEndpointRouteBuilder routes)
    {
        var senders = routes.ServiceProvider.GetRequiredService<SenderKeys>();
        routes.MapPost(
            "/api/v1/import/complete",
            (HttpContext http, IEnumerable<ITelemetryCatchUp> passes, CancellationToken cancellation) => CompleteAsync(http, senders, passes, cancellation))
            .DisableAntiforgery()
            .OnIntake();
        return routes;
    }

    private static async Task<IResult> CompleteAsync(
        HttpContext http, SenderKeys senders, IEnumerable<ITelemetryCatchUp> passes, CancellationToken cancellation)
    {
        if (senders.Recognize(http) is null)
            return Results.Problem("Senders on other machines need a key, as Authorization: Bearer.", statusCode: StatusCodes.Status401Unauthorized);
        var started = Stopwatch.GetTimestamp();
        foreach (var pass in passes) await pass.CatchUpAsync(cancellation);
        return Results.Ok(new { elapsedMs = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1) });
    }
}
