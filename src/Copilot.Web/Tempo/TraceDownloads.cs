using System.Text.Json.Nodes;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Tempo;

/// <summary><c>GET /api/v1/traces/{id}/otlp</c> and <c>/jaeger</c>: one trace as other tools read it.</summary>
internal static class TraceDownloads
{
    public static IEndpointRouteBuilder MapTraceDownloads(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(
            "/api/v1/traces/{id}/otlp",
            (string id, TraceDetailReads reads, CancellationToken cancellationToken) =>
                ReadAsync(
                    id,
                    reads,
                    trace => new JsonObject { ["resourceSpans"] = new OtlpTraceJson(Tempo: false).ResourceSpans(trace) },
                    cancellationToken
                )
        );
        endpoints.MapGet(
            "/api/v1/traces/{id}/jaeger",
            (string id, TraceDetailReads reads, CancellationToken cancellationToken) =>
                ReadAsync(id, reads, JaegerTraceJson.Of, cancellationToken)
        );
        return endpoints;
    }

    private static async Task<IResult> ReadAsync(
        string id,
        TraceDetailReads reads,
        Func<TraceDetail, JsonObject> write,
        CancellationToken cancellationToken
    )
    {
        if (!TraceId.TryParse(id, out var trace))
        {
            return Results.Problem(
                title: "Not a trace id",
                detail: "The address names no trace: 32 hex digits, not all zero.",
                statusCode: StatusCodes.Status400BadRequest
            );
        }

        return await reads.ReadAsync(trace, cancellationToken) is { } detail
            ? Results.Json(write(detail))
            : Results.Problem(
                title: "No such trace",
                detail: $"Nothing of trace {trace} is kept: it was never received, or its retention has ended.",
                statusCode: StatusCodes.Status404NotFound
            );
    }
}
