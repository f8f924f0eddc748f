using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Api;

/// <summary><c>GET /api/v1/traces/{id}</c>: one assembled trace.</summary>
public static class TraceEndpoints
{
    public static IEndpointRouteBuilder MapTraces(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/traces/{id}", ReadAsync);
        return endpoints;
    }

    private static async Task<IResult> ReadAsync(string id, TraceDetailReads reads, CancellationToken cancellationToken)
    {
        if (!TraceId.TryParse(id, out var trace))
        {
            return Results.Problem(
                title: "Not a trace id",
                detail: $"'{(id.Length > 64 ? id[..64] + "…" : id)}' is no trace id: 32 hex digits, not all zero.",
                statusCode: StatusCodes.Status400BadRequest
            );
        }

        return await reads.ReadAsync(trace, cancellationToken) is { } detail
            ? Results.Json(AssembledTrace.Of(detail), TraceJson.Options)
            : Results.Problem(
                title: "No such trace",
                detail: $"Nothing of trace {trace} is kept: it was never received, or its retention has ended.",
                statusCode: StatusCodes.Status404NotFound
            );
    }
}

internal static class TraceJson
{
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        };
}
