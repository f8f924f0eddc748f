using System.Globalization;
using System.Text.Json;
using Copilot.Telemetry.Spans;

namespace Copilot.Telemetry.Import;

/// <summary>Zipkin's v2 JSON: an array of spans, or an array of such arrays (its API's answer for several traces).</summary>
internal static class ZipkinTraces
{
    public static bool IsZipkin(JsonElement root) =>
        root.ValueKind == JsonValueKind.Array
        && Spans(root).Any(static span => span.TryGetProperty("traceId", out _) && span.TryGetProperty("id", out _));

    public static byte[] ToOtlp(JsonElement root)
    {
        if (Spans(root).Any(IsOfVersion1))
            throw new OtlpFormatException("The spans are of Zipkin's version 1, which is not read: export version 2.", 0);
        var spans = Spans(root).Where(static span => Text(span, "traceId") is not null && Text(span, "id") is not null).ToArray();
        // Zipkin's server joins its client's span: same id, told by "shared", or by both kinds under one id.
        var clients = spans.Where(static span => Text(span, "kind") == "CLIENT").Select(Key).ToHashSet();
        var servers = spans
            .Where(span => Text(span, "kind") == "SERVER" && (IsShared(span) || clients.Contains(Key(span))))
            .GroupBy(Key)
            .ToDictionary(static group => group.Key, static group => Service(group.First()));
        var starts = spans
            .GroupBy(static span => Text(span, "traceId"))
            .ToDictionary(
                static group => group.Key!,
                static group => group.Min(static span => Micros(span, "timestamp") is > 0 and var at ? at : long.MaxValue)
            );
        using var writer = new OtlpJsonWriter();
        foreach (var group in spans.GroupBy(Service))
        {
            writer.BeginResource(group.Key, []);
            foreach (var span in group)
                writer.Span(Read(span, servers, starts));
            writer.EndResource();
        }

        return writer.Complete();
    }

    /// <summary>There services and kinds stand at each annotation, so that none would be read.</summary>
    private static bool IsOfVersion1(JsonElement span) =>
        span.TryGetProperty("binaryAnnotations", out _)
        || (
            span.TryGetProperty("annotations", out var notes)
            && notes.ValueKind == JsonValueKind.Array
            && notes.EnumerateArray().Any(note => note.ValueKind == JsonValueKind.Object && note.TryGetProperty("endpoint", out _))
        );

    private static ImportedSpan Read(JsonElement span, Dictionary<(string, string), string> servers, Dictionary<string, long> starts)
    {
        var trace = Text(span, "traceId")!;
        var id = HexId.Pad(Text(span, "id"), 16);
        var parent = Text(span, "parentId") is { } given ? HexId.Pad(given, 16) : null;
        if (Text(span, "kind") == "SERVER" && servers.ContainsKey(Key(span)))
            (id, parent) = (Shift(id), id);
        else if (parent is not null && servers.TryGetValue((trace, parent), out var service) && service == Service(span))
            parent = Shift(parent);
        var tags =
            span.TryGetProperty("tags", out var given2) && given2.ValueKind == JsonValueKind.Object
                ? given2.EnumerateObject().Select(static tag => new ImportedAttribute(tag.Name, tag.Value.ToString())).ToList()
                : [];
        AddRemote(tags, span);
        var error = tags.Find(static tag => tag.Key == "error").Value as string;
        var start =
            Micros(span, "timestamp") is > 0 and var at ? at
            : starts[trace] is < long.MaxValue and var first ? first
            : 0;
        return new ImportedSpan
        {
            TraceId = HexId.Pad(trace, 32),
            SpanId = id,
            ParentSpanId = parent,
            Name = Text(span, "name") ?? "",
            Kind = Text(span, "kind") switch
            {
                "SERVER" => 2,
                "CLIENT" => 3,
                "PRODUCER" => 4,
                "CONSUMER" => 5,
                _ => 1,
            },
            StartMicros = start,
            DurationMicros = Micros(span, "duration"),
            Failed = error is not null && error != "false",
            StatusMessage = error is "true" or "false" ? null : error,
            Attributes = tags,
            Events =
                span.TryGetProperty("annotations", out var notes) && notes.ValueKind == JsonValueKind.Array
                    ?
                    [
                        .. notes
                            .EnumerateArray()
                            .Select(static note =>
                                (Micros(note, "timestamp"), Text(note, "value") ?? "", (IReadOnlyList<ImportedAttribute>)[])
                            ),
                    ]
                    : [],
        };
    }

    private static void AddRemote(List<ImportedAttribute> tags, JsonElement span)
    {
        if (!span.TryGetProperty("remoteEndpoint", out var remote) || remote.ValueKind != JsonValueKind.Object)
            return;
        if (Text(remote, "serviceName") is { Length: > 0 } name)
            tags.Add(new ImportedAttribute("peer.service", name));
        if ((Text(remote, "ipv4") ?? Text(remote, "ipv6")) is { Length: > 0 } address)
            tags.Add(new ImportedAttribute("network.peer.address", address));
        if (Micros(remote, "port") is > 0 and var port)
            tags.Add(new ImportedAttribute("network.peer.port", port));
    }

    private static IEnumerable<JsonElement> Spans(JsonElement root) =>
        root.EnumerateArray()
            .SelectMany(static item =>
                item.ValueKind switch
                {
                    JsonValueKind.Array => item.EnumerateArray().Where(static span => span.ValueKind == JsonValueKind.Object),
                    JsonValueKind.Object => [item],
                    _ => Enumerable.Empty<JsonElement>(),
                }
            );

    private static bool IsShared(JsonElement span) =>
        span.TryGetProperty("shared", out var shared) && shared.ValueKind == JsonValueKind.True;

    private static (string, string) Key(JsonElement span) => (Text(span, "traceId")!, HexId.Pad(Text(span, "id"), 16));

    private static string Service(JsonElement span) =>
        span.TryGetProperty("localEndpoint", out var local)
        && local.ValueKind == JsonValueKind.Object
        && Text(local, "serviceName") is { Length: > 0 } name
            ? name
            : "unknown_service";

    private static string Shift(string id) =>
        ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? SharedSpanIds.OfServer(new SpanId(value)).ToString()
            : id;

    private static long Micros(JsonElement item, string name) =>
        !item.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number ? 0
        : value.TryGetInt64(out var number) ? number
        : (long)value.GetDouble();

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
