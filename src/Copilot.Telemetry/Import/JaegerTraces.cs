using System.Globalization;
using System.Text.Json;
using Copilot.Telemetry.Spans;

namespace Copilot.Telemetry.Import;

/// <summary>Jaeger's JSON as its API answers and its UI saves it: <c>{"data": [{"traceID", "spans", "processes"}]}</c>, or one such
/// trace.</summary>
internal static class JaegerTraces
{
    public static bool IsJaeger(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && Traces(root).Any(static trace => trace.TryGetProperty("spans", out _));

    /// <summary>What Jaeger says where its answer holds no trace; null where the document is no such answer.</summary>
    public static string? Refusal(JsonElement root) =>
        root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out _) || !root.TryGetProperty("errors", out _) ? null
        : Items(root, "errors").Select(error => Text(error, "msg")).FirstOrDefault(told => told is not null) is { } told
            ? $"Jaeger's answer holds no trace: {told}"
        : "Jaeger's answer holds no trace";

    public static byte[] ToOtlp(JsonElement root)
    {
        using var writer = new OtlpJsonWriter();
        foreach (var trace in Traces(root))
        {
            var spans = Items(trace, "spans").Select(span => (Span: span, Process: Process(trace, span))).ToArray();
            var ids = spans.Select(item => Id(item.Span)).ToHashSet();
            var read = Parted([.. spans.Select(item => (Read(item.Span, ids), Service(item.Process)))]);
            foreach (var group in spans.Index().GroupBy(item => (Key: Text(item.Item.Span, "processID") ?? "", item.Item.Process)))
            {
                writer.BeginResource(Service(group.Key.Process), group.Key.Process is { } tagged ? Items(tagged, "tags").Select(Tag) : []);
                foreach (var (place, _) in group)
                    writer.Span(read[place]);
                writer.EndResource();
            }
        }

        return writer.Complete();
    }

    private static IEnumerable<JsonElement> Traces(JsonElement root) =>
        root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? data.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object)
        : root.TryGetProperty("traceID", out _) ? [root]
        : [];

    private static JsonElement? Process(JsonElement trace, JsonElement span)
    {
        if (span.TryGetProperty("process", out var own) && own.ValueKind == JsonValueKind.Object)
            return own;
        return
            Text(span, "processID") is { } id && trace.TryGetProperty("processes", out var all) && all.TryGetProperty(id, out var process)
            ? process
            : null;
    }

    private static string Service(JsonElement? process) =>
        (process is { } known ? Text(known, "serviceName") : null) is { Length: > 0 } name ? name : "unknown_service";

    private static (string Trace, string Span) Id(JsonElement span) =>
        (HexId.Pad(Text(span, "traceID"), 32), HexId.Pad(Text(span, "spanID"), 16));

    /// <summary>With a server's own id where it shares its client's.</summary>
    private static ImportedSpan[] Parted((ImportedSpan Span, string Service)[] spans)
    {
        var apart = SharedSpanIds.Part([
            .. spans.Select(item => new SharedSpan<string>(
                0,
                Hex(item.Span.SpanId),
                item.Span.ParentSpanId is { } parent ? Hex(parent) : null,
                (SpanKind)item.Span.Kind,
                item.Service
            )),
        ]);
        return apart is null
            ? [.. spans.Select(item => item.Span)]
            : [.. spans.Zip(apart, (item, ids) => item.Span with { SpanId = ids.Id.ToString(), ParentSpanId = ids.Parent?.ToString() })];

        static SpanId Hex(string id) => SpanId.TryParse(id, out var read) ? read : default;
    }

    /// <param name="there">The spans that the document holds: a reference to another one leads nowhere.</param>
    private static ImportedSpan Read(JsonElement span, HashSet<(string Trace, string Span)> there)
    {
        var (trace, own) = Id(span);
        var references = Items(span, "references")
            .Select(item =>
                (Type: Text(item, "refType"), Trace: HexId.Pad(Text(item, "traceID"), 32), Span: HexId.Pad(Text(item, "spanID"), 16))
            )
            .ToArray();
        // The first reference within the trace is the parent, one whose span is there before one whose is not, and a child-of one before a
        // follows-from one; the others are links.
        var parent =
            references
                .Where(item => item.Trace == trace && item.Span != own)
                .OrderBy(item => !there.Contains((item.Trace, item.Span)))
                .ThenBy(static item => item.Type != "CHILD_OF")
                .Select(static item => item.Span)
                .FirstOrDefault()
            ?? (Text(span, "parentSpanID") is { } legacy ? HexId.Pad(legacy, 16) : null);
        var tags = Items(span, "tags").Select(Tag).ToArray();
        return new ImportedSpan
        {
            TraceId = trace,
            SpanId = own,
            ParentSpanId = parent,
            Name = Text(span, "operationName") ?? "",
            Kind = Kind(Value(tags, "span.kind")),
            StartMicros = Micros(span, "startTime"),
            DurationMicros = Micros(span, "duration"),
            Failed = Value(tags, "otel.status_code") is "ERROR" || Value(tags, "error") is true or "true",
            StatusMessage = Value(tags, "otel.status_description") as string,
            Attributes = [.. tags.Where(static tag => tag.Key is not ("span.kind" or "otel.status_code" or "otel.status_description"))],
            Events = [.. Items(span, "logs").Select(Event)],
            Links =
            [
                .. references.Where(item => item.Span != parent || item.Trace != trace).Select(static item => (item.Trace, item.Span)),
            ],
        };
    }

    private static (long, string, IReadOnlyList<ImportedAttribute>) Event(JsonElement log)
    {
        var fields = Items(log, "fields").Select(Tag).ToArray();
        var name = Value(fields, "event") as string ?? Value(fields, "message") as string ?? "log";
        return (Micros(log, "timestamp"), name, [.. fields.Where(static field => field.Key != "event")]);
    }

    private static ImportedAttribute Tag(JsonElement tag)
    {
        var value = tag.TryGetProperty("value", out var given) ? given : default;
        object read = value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var number) && Text(tag, "type") != "float64" => number,
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => Typed(value.GetString()!, Text(tag, "type")),
            JsonValueKind.Undefined or JsonValueKind.Null => "",
            _ => value.GetRawText(),
        };
        return new ImportedAttribute(Text(tag, "key") ?? "", read);
    }

    private static object Typed(string text, string? type) =>
        type switch
        {
            "int64" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            "float64" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            "bool" when bool.TryParse(text, out var flag) => flag,
            _ => text,
        };

    private static int Kind(object? kind) =>
        kind switch
        {
            "server" => 2,
            "client" => 3,
            "producer" => 4,
            "consumer" => 5,
            "internal" => 1,
            _ => 0,
        };

    private static object? Value(ImportedAttribute[] tags, string key) => Array.Find(tags, tag => tag.Key == key).Value;

    private static long Micros(JsonElement item, string name) =>
        !item.TryGetProperty(name, out var value) ? 0
        : value.ValueKind == JsonValueKind.String ? long.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.TryGetInt64(out var number) ? number
        : (long)value.GetDouble();

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<JsonElement> Items(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(static entry => entry.ValueKind == JsonValueKind.Object)
            : [];
}
