using System.Text.Json.Nodes;
using Copilot.Store.Reads.Details;
using Copilot.Store.Traceql;
using Copilot.Telemetry.Otlp.Protobuf;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Tempo;

/// <summary><c>GET /tempo/api/traces/{id}</c> and <c>/tempo/api/v2/traces/{id}</c>, in JSON or protobuf as the sender accepts.</summary>
internal static class TraceByIdEndpoint
{
    private const string Protobuf = "application/protobuf";

    public static Task<IResult> FirstAsync(string id, HttpContext http, TraceDetailReads reads, TimeProvider time) => ReadAsync(id, 1, null, http, reads, time);

    public static Task<IResult> SecondAsync(string id, HttpContext http, TraceDetailReads reads, TraceQlReads queries, TimeProvider time) =>
        ReadAsync(id, 2, queries, http, reads, time);

    /// <summary>start and end tell Tempo where to look; here a trace is found wherever it is, so they are checked and narrow nothing.</summary>
    private static async Task<IResult> ReadAsync(string id, int version, TraceQlReads? queries, HttpContext http, TraceDetailReads reads, TimeProvider time)
    {
        var request = new TempoRequest(http.Request.Query, time);
        request.Window();
        var narrowing = queries is null ? null : TraceNarrowing.Read(request);
        // Tempo takes ids whose leading zeros were lost.
        if (id.Length > 32 || !TraceId.TryParse(id.PadLeft(32, '0'), out var trace))
            throw new TempoRequestException($"'{(id.Length > 64 ? id[..64] + "…" : id)}' is no trace id: up to 32 hex digits, not all zero.");
        if (await reads.ReadAsync(trace, http.RequestAborted) is not { } detail)
            return Results.Text($"trace {trace} not found", statusCode: StatusCodes.Status404NotFound);
        var whole = detail;
        if (narrowing is not null)
            detail = await narrowing.ApplyAsync(detail, queries!, http.RequestAborted);
        var isPartial = detail.Spans.Count < whole.Spans.Count;
        if (http.Request.Headers.Accept.Any(a => a?.Contains(Protobuf, StringComparison.OrdinalIgnoreCase) == true))
        {
            var message = OtlpTraceProtobuf.Trace(detail);
            return Results.Bytes(version == 1 ? message.ToArray() : new ProtobufOutput().Message(1, message).Message(2, new ProtobufOutput()).Varint(3, isPartial ? 1 : 0).ToArray(), Protobuf);
        }

        var resources = OtlpTraceJson.ResourceSpans(detail);
        return Results.Json(version == 1
            ? new JsonObject { ["batches"] = resources }
            : new JsonObject { ["trace"] = new JsonObject { ["resourceSpans"] = resources }, ["metrics"] = new JsonObject(), ["status"] = isPartial ? "PARTIAL" : "COMPLETE", ["message"] = "" });
    }
}
