using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Models.Audit;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Text;

namespace Copilot.Models.Tools;

/// <summary>
/// Spans as a model reads them. What their senders wrote stands in members called "quoted…", bounded and without invisible signs: it may
/// be quoted as code, and is never taken for a name, a number or a finding.
/// </summary>
internal static class SpanTable
{
    /// <summary>One line a span, in order of time, a page of them.</summary>
    public static IReadOnlyList<JsonNode> Outline(IReadOnlyList<TraceSpan> spans, Page page)
    {
        var began = spans.Min(span => span.StartNs);
        var shown = spans.OrderBy(span => span.StartNs).Skip(page.Offset).Take(page.Shown(series: false));
        return
        [
            .. shown.Select(span =>
                (JsonNode)
                    new JsonObject
                    {
                        ["spanId"] = KnownText.Leaf(span.SpanId.ToString(), KnownAs.Id),
                        ["parentSpanId"] = KnownText.Leaf(span.ParentSpanId?.ToString(), KnownAs.Id),
                        ["service"] = KnownText.Leaf(span.Service, KnownAs.Service),
                        ["operation"] = KnownText.Leaf(Quoted(span.Operation), KnownAs.Operation),
                        ["spanKind"] = KnownText.Leaf(span.Kind.ToString().ToLowerInvariant(), KnownAs.Word),
                        ["failed"] = span.Failed,
                        ["afterMs"] = Ms(span.StartNs - began),
                        ["durationMs"] = Ms(span.DurationNs),
                    }
            ),
        ];
    }

    /// <param name="part">Only attributes whose key holds this.</param>
    public static JsonObject Details(TraceId trace, SpanDetail span, string part)
    {
        var attributes = Pairs(span.Attributes, "span.", part).Concat(Pairs(span.Resource, "resource.", part)).ToList();
        var (events, links) = (span.Events.EnumerateArray().ToList(), span.Links.EnumerateArray().ToList());
        return new JsonObject
        {
            ["status"] = KnownText.Leaf(
                attributes.Count > ToolThresholds.SpanAttributes
                || events.Count > ToolThresholds.SpanParts
                || links.Count > ToolThresholds.SpanParts
                    ? "truncated"
                    : "ok",
                KnownAs.Word
            ),
            ["data"] = new JsonObject
            {
                ["traceId"] = KnownText.Leaf(trace.ToString(), KnownAs.Id),
                ["spanId"] = KnownText.Leaf(span.SpanId.ToString(), KnownAs.Id),
                ["parentSpanId"] = KnownText.Leaf(span.ParentSpanId?.ToString(), KnownAs.Id),
                ["service"] = KnownText.Leaf(span.Service, KnownAs.Service),
                ["operation"] = KnownText.Leaf(Quoted(span.Operation), KnownAs.Operation),
                ["spanKind"] = KnownText.Leaf(span.Kind.ToString().ToLowerInvariant(), KnownAs.Word),
                ["failed"] = span.Failed,
                ["durationMs"] = Ms(span.DurationNs),
                ["quotedStatusMessage"] = string.IsNullOrEmpty(span.StatusMessage) ? null : Quoted(span.StatusMessage),
                ["attributes"] = new JsonArray([.. attributes.Take(ToolThresholds.SpanAttributes)]),
                ["events"] = new JsonArray([.. events.Take(ToolThresholds.SpanParts).Select(Event)]),
                ["links"] = new JsonArray([.. links.Take(ToolThresholds.SpanParts).Select(Link)]),
            },
            ["shown"] = KnownText.Leaf(
                FormattableString.Invariant(
                    $"{Math.Min(attributes.Count, ToolThresholds.SpanAttributes)} of {attributes.Count} attributes, "
                )
                    + FormattableString.Invariant($"{Math.Min(events.Count, ToolThresholds.SpanParts)} of {events.Count} events, ")
                    + FormattableString.Invariant($"{Math.Min(links.Count, ToolThresholds.SpanParts)} of {links.Count} links")
                    + (attributes.Count > ToolThresholds.SpanAttributes ? "; narrow by a part of the attribute's key" : string.Empty),
                KnownAs.Claim
            ),
        };
    }

    public static string Quoted(string text) => Hostile.Line(text, ToolThresholds.SpanText);

    private static JsonNode Event(JsonElement one) =>
        new JsonObject
        {
            ["quotedName"] = Quoted(Text(one, "n")),
            ["afterMs"] = one.TryGetProperty("t", out var after) && after.TryGetInt64(out var nanos) ? Ms(nanos) : null,
            ["attributes"] = Of(one),
        };

    private static JsonNode Link(JsonElement one) =>
        new JsonObject
        {
            ["quotedTraceId"] = Quoted(Text(one, "t")),
            ["quotedSpanId"] = Quoted(Text(one, "s")),
            ["attributes"] = Of(one),
        };

    private static JsonArray Of(JsonElement part) =>
        part.TryGetProperty("a", out var attributes) && attributes.ValueKind == JsonValueKind.Object
            ? [.. Pairs(attributes).Take(ToolThresholds.SpanParts)]
            : [];

    /// <summary>Attributes of anything but a span, by their keys.</summary>
    public static IEnumerable<JsonNode> Pairs(JsonElement attributes) => Pairs(attributes, string.Empty, string.Empty);

    private static IEnumerable<JsonNode> Pairs(JsonElement attributes, string scope, string part) =>
        attributes
            .EnumerateObject()
            .Where(pair => part.Length == 0 || pair.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair =>
                (JsonNode)new JsonObject { ["quotedKey"] = Quoted(scope + pair.Name), ["quotedValue"] = Quoted(pair.Value.ToString()) }
            );

    private static string Text(JsonElement part, string member) =>
        part.TryGetProperty(member, out var text) ? text.ToString() : string.Empty;

    private static double Ms(long nanos) => Math.Round(nanos / 1e6, 3);
}
