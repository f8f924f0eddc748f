using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Copilot.Telemetry.Import;

/// <summary>Writes a trace request in OTLP's JSON: resources, and spans under them.</summary>
internal sealed class OtlpJsonWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    public OtlpJsonWriter()
    {
        _json = new Utf8JsonWriter(_buffer);
        _json.WriteStartObject();
        _json.WriteStartArray("resourceSpans");
    }

    public byte[] Complete()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    public void BeginResource(string service, IEnumerable<ImportedAttribute> attributes)
    {
        _json.WriteStartObject();
        _json.WriteStartObject("resource");
        Attributes([new ImportedAttribute("service.name", service), .. attributes]);
        _json.WriteEndObject();
        _json.WriteStartArray("scopeSpans");
        _json.WriteStartObject();
        _json.WriteStartArray("spans");
    }

    public void EndResource()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    public void Span(ImportedSpan span)
    {
        _json.WriteStartObject();
        _json.WriteString("traceId", span.TraceId);
        _json.WriteString("spanId", span.SpanId);
        _json.WriteString("parentSpanId", span.ParentSpanId ?? "");
        _json.WriteString("name", span.Name);
        _json.WriteNumber("kind", span.Kind);
        _json.WriteString("startTimeUnixNano", Nanos(span.StartMicros));
        _json.WriteString("endTimeUnixNano", Nanos(span.StartMicros + Math.Max(0, span.DurationMicros)));
        Attributes(span.Attributes);
        _json.WriteStartArray("events");
        foreach (var (micros, name, attributes) in span.Events)
        {
            _json.WriteStartObject();
            _json.WriteString("timeUnixNano", Nanos(micros));
            _json.WriteString("name", name);
            Attributes(attributes);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteStartArray("links");
        foreach (var (trace, id) in span.Links)
        {
            _json.WriteStartObject();
            _json.WriteString("traceId", trace);
            _json.WriteString("spanId", id);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteStartObject("status");
        if (span.Failed)
            _json.WriteNumber("code", 2);
        if (span.StatusMessage is { Length: > 0 } message)
            _json.WriteString("message", message);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    public void Dispose() => _json.Dispose();

    private static string Nanos(long micros) => (Math.Clamp(micros, 0, long.MaxValue / 1000) * 1000).ToString(CultureInfo.InvariantCulture);

    private void Attributes(IEnumerable<ImportedAttribute> attributes)
    {
        _json.WriteStartArray("attributes");
        foreach (var (key, value) in attributes)
        {
            _json.WriteStartObject();
            _json.WriteString("key", key);
            _json.WriteStartObject("value");
            switch (value)
            {
                case long number:
                    _json.WriteString("intValue", number.ToString(CultureInfo.InvariantCulture));
                    break;
                case double number when double.IsFinite(number):
                    _json.WriteNumber("doubleValue", number);
                    break;
                case bool flag:
                    _json.WriteBoolean("boolValue", flag);
                    break;
                default:
                    _json.WriteString("stringValue", Convert.ToString(value, CultureInfo.InvariantCulture));
                    break;
            }

            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }
}
