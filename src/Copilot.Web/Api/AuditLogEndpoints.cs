using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.Access;
using Copilot.Access.Audit;

namespace Copilot.Web.Api;

/// <summary>The audit log over HTTP: its newest entries, and the whole of it, which <c>copilot audit verify</c> follows.</summary>
public static class AuditLogEndpoints
{
    private const int Usual = 100;

    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static IEndpointRouteBuilder MapAuditLog(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(
            "/api/v1/audit-log",
            async (int? limit, long? before, string? q, AuditReads reads, CancellationToken cancellationToken) =>
                Results.Ok(new { items = await reads.NewestAsync(limit ?? Usual, before, q, cancellationToken) })
        );
        endpoints.MapGet("/api/v1/audit-log/export", ExportAsync);
        return endpoints;
    }

    /// <summary>JSON lines: the anchor, then every entry from the oldest on.</summary>
    private static async Task ExportAsync(HttpContext http, AuditReads reads, AuditLog audit, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(new AuditEvent(Caller.Of(http.User).Label, "api", "audit.export", ""), cancellationToken);
        http.Response.ContentType = "application/x-ndjson";
        http.Response.Headers.ContentDisposition = "attachment; filename=audit-log.jsonl";
        await foreach (var line in reads.ExportAsync(cancellationToken))
        {
            var text = line.Anchor is { } anchor ? JsonSerializer.Serialize(anchor, Lines) : JsonSerializer.Serialize(line.Entry, Lines);
            await http.Response.WriteAsync(text + "\n", cancellationToken);
        }
    }
}
