using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Access;
using Copilot.Access.Audit;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;
using Copilot.Web.Api.Edge;
using Copilot.Web.Tempo;

namespace Copilot.Web.Data;

/// <summary><c>GET /api/v1/data/export</c>: what is stored of a window, as the lines of an OTLP file that Collectors and
/// <c>copilot import</c> read.</summary>
internal static class ExportEndpoint
{
    /// <summary>Of one line: an export request as senders make it.</summary>
    private const int ItemsALine = 500;

    public static IEndpointRouteBuilder MapDataExport(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/data/export", ExportAsync).DisableRequestTimeout();
        return endpoints;
    }

    /// <summary>200 with JSON lines of spans or log records; 400 with what is wrong. What comes in meanwhile may be in it.</summary>
    private static async Task<IResult> ExportAsync(
        string? signal,
        string? service,
        BoundedTime? from,
        BoundedTime? to,
        HttpContext http,
        TelemetryExport export,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (signal is not (null or "traces" or "logs"))
            return ApiProblem.BadRequest("'signal' is traces or logs.");
        var window = new TimeWindow(from?.Value ?? DateTimeOffset.UnixEpoch, to?.Value ?? time.GetUtcNow());
        if (window.IsEmpty)
            return ApiProblem.BadRequest("'to' must be later than 'from'.");
        var told = $"{signal ?? "traces"}{(string.IsNullOrEmpty(service) ? "" : $" of {service}")} {window}";
        await audit.RecordAsync(new AuditEvent(Caller.Of(http.User).Label, "api", "data.export", told), cancellationToken);
        var of = string.IsNullOrEmpty(service) ? null : service;
        return Results.Stream(
            async body =>
            {
                await using var text = new StreamWriter(body);
                if (signal == "logs")
                    await foreach (var part in export.LogsAsync(window, of, cancellationToken).Chunk(ItemsALine))
                        await text.WriteLineAsync(new JsonObject { ["resourceLogs"] = ResourceLogs(part) }.ToJsonString());
                else
                    await foreach (var part in export.SpansAsync(window, of, cancellationToken).Chunk(ItemsALine))
                        await text.WriteLineAsync(
                            new JsonObject { ["resourceSpans"] = new OtlpTraceJson(Tempo: false).ResourceSpans(part) }.ToJsonString()
                        );
            },
            "application/x-ndjson",
            $"{signal ?? "traces"}.otlp.jsonl"
        );
    }

    private static JsonArray ResourceLogs(IEnumerable<ExportedLog> logs) =>
        new([
            .. logs.GroupBy(log => log.ResourceId)
                .Select(resource =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["resource"] = new JsonObject { ["attributes"] = OtlpJson.Attributes(resource.First().Resource) },
                            ["scopeLogs"] = new JsonArray([
                                .. resource
                                    .GroupBy(log => log.Scope, StringComparer.Ordinal)
                                    .Select(scope =>
                                        (JsonNode)
                                            new JsonObject
                                            {
                                                ["scope"] = new JsonObject { ["name"] = scope.Key },
                                                ["logRecords"] = new JsonArray([.. scope.Select(log => (JsonNode)Record(log))]),
                                            }
                                    ),
                            ]),
                        }
                ),
        ]);

    private static JsonObject Record(ExportedLog log)
    {
        var record = new JsonObject
        {
            ["timeUnixNano"] = log.TimeNs.ToString(CultureInfo.InvariantCulture),
            ["severityNumber"] = log.Severity,
            ["attributes"] = OtlpJson.Attributes(log.Attributes),
        };
        if (log.SeverityText is { } severity)
            record["severityText"] = severity;
        if (log.EventName is { } name)
            record["eventName"] = name;
        if (log.Body is { } body)
            record["body"] = log.BodyIsJson ? Json(body) : OtlpJson.Text(body);
        if (log.TraceId is { } trace)
            record["traceId"] = Convert.ToHexStringLower(OtlpIds.Bytes(trace));
        if (log.SpanId is { } span)
            record["spanId"] = Convert.ToHexStringLower(OtlpIds.Bytes(span));
        return record;
    }

    private static JsonObject Json(string body)
    {
        using var document = JsonDocument.Parse(body);
        return OtlpJson.AnyValue(document.RootElement);
    }
}
