using System.Text.Json;
using Copilot.Store.Reads.Commands;
using Copilot.Store.Reads.Filters;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Spans;

/// <summary>Reads what one span carries. A trace's waterfall is read without it: a big trace's attributes are megabytes, of which one span's are looked at.</summary>
public sealed class SpanDetailReads(CopilotDatabase database)
{
    private static readonly Sql PromotedObject = Sql.Trusted(
        $"jsonb_strip_nulls(jsonb_build_object({string.Join(", ", AttributeColumns.Promoted.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"'{p.Key}', s.{p.Value.Column}"))}))");

    /// <summary>The span's details; null where it is not kept (any more).</summary>
    public async Task<SpanDetails?> ReadAsync(TraceId trace, SpanId span, long startNs, CancellationToken cancellation)
    {
        Sql sql = $"""
            select ({PromotedObject} || coalesce(s.attributes, jsonb_build_object()))::text, r.attributes::text, s.events::text, s.links::text,
              concat_ws(' ', nullif(c.name, ''), nullif(c.version, '')), s.trace_state
            from spans s join resources r on r.id = s.resource_id join scopes c on c.id = s.scope_id
            where s.trace_id = {trace.ToGuid()} and s.span_id = {span.ToInt64()} and s.start_ns = {startNs}
            """;
        var found = await database.QueryAsync(
            sql,
            reader => new SpanDetails
            {
                Attributes = Entries(reader.GetString(0)),
                Resource = Entries(reader.GetString(1)),
                Events = List(reader.Text(2), Event),
                Links = List(reader.Text(3), Link),
                Scope = reader.Text(4) is { Length: > 0 } scope ? scope : null,
                TraceState = reader.Text(5),
            },
            cancellation);
        return found.Count > 0 ? found[0] : null;
    }

    private static List<AttributeEntry> Entries(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Entries(document.RootElement);
    }

    private static List<AttributeEntry> Entries(JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? [.. json.EnumerateObject().Select(a => new AttributeEntry(a.Name, Text(a.Value))).OrderBy(a => a.Key, StringComparer.Ordinal)]
        : [];

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() ?? string.Empty : value.GetRawText();

    private static List<T> List<T>(string? json, Func<JsonElement, T?> map)
        where T : class
    {
        if (json is null) return [];
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(map).OfType<T>()] : [];
    }

    private static SpanEventEntry Event(JsonElement json) => new(
        json.TryGetProperty("t", out var after) && after.TryGetInt64(out var nanos) ? nanos : 0,
        json.TryGetProperty("n", out var name) ? Text(name) : string.Empty,
        json.TryGetProperty("a", out var attributes) ? Entries(attributes) : []);

    private static SpanLinkEntry? Link(JsonElement json) =>
        json.TryGetProperty("t", out var trace) && TraceId.TryParse(trace.GetString(), out var traceId)
            ? new SpanLinkEntry(
                traceId,
                json.TryGetProperty("s", out var span) && SpanId.TryParse(span.GetString(), out var spanId) ? spanId : null,
                json.TryGetProperty("a", out var attributes) ? Entries(attributes) : [])
            : null;
}
