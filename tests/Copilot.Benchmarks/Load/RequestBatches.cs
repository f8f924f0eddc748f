using System.Buffers.Binary;
using System.Globalization;
using Copilot.Telemetry.Otlp.Protobuf;

namespace Copilot.Benchmarks.Load;

/// <summary>Collects spans into export requests as senders make them: each service's spans in their own, under its resource.</summary>
internal sealed class RequestBatches(IReadOnlyList<string> services)
{
    private const int SpansPerRequest = 512;
    private readonly (ProtobufOutput Writer, int Count)[] _open = [.. services.Select(_ => (new ProtobufOutput(), 0))];
    private readonly List<(byte[] Body, int Spans)> _requests = [];

    /// <summary>All requests, those that are not full included.</summary>
    public List<(byte[] Body, int Spans)> Close()
    {
        for (var service = 0; service < _open.Length; service++)
        {
            if (_open[service].Count > 0)
                Close(service);
        }

        return _requests;
    }

    public void Add(
        int service,
        ReadOnlySpan<byte> trace,
        ulong id,
        ulong parent,
        long startNs,
        long durationNs,
        int kind,
        int status,
        string name,
        params ReadOnlySpan<(string Key, object Value)> attributes
    )
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id);
        var span = new ProtobufOutput();
        span.Bytes(OtlpFields.Span.TraceId, trace);
        span.Bytes(OtlpFields.Span.SpanId, bytes);
        if (parent != 0)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, parent);
            span.Bytes(OtlpFields.Span.ParentSpanId, bytes);
        }

        span.Text(OtlpFields.Span.Name, name);
        span.Varint(OtlpFields.Span.Kind, kind);
        span.Fixed64(OtlpFields.Span.StartTimeUnixNano, startNs);
        span.Fixed64(OtlpFields.Span.EndTimeUnixNano, startNs + durationNs);
        foreach (var (key, value) in attributes)
            span.Message(OtlpFields.Span.Attributes, Attribute(key, value));
        if (status != 0)
        {
            var code = new ProtobufOutput();
            code.Varint(OtlpFields.Status.Code, status);
            span.Message(OtlpFields.Span.Status, code);
        }

        _open[service].Writer.Message(OtlpFields.ScopeItems.Items, span);
        if (++_open[service].Count >= SpansPerRequest)
            Close(service);
    }

    private void Close(int service)
    {
        _requests.Add((Request(service, _open[service].Writer), _open[service].Count));
        _open[service] = (new ProtobufOutput(), 0);
    }

    private byte[] Request(int service, ProtobufOutput spans)
    {
        var name = services[service];
        var resource = new ProtobufOutput();
        foreach (
            var (key, value) in new (string, string)[]
            {
                ("service.name", name),
                ("service.namespace", "shop"),
                ("service.version", "1.4." + service.ToString(CultureInfo.InvariantCulture)),
                ("service.instance.id", "8f14e45f-ceea-467f-a1bb-" + service.ToString("x12", CultureInfo.InvariantCulture)),
                ("deployment.environment.name", "production"),
                ("k8s.pod.name", name + "-7dcfcde79-3a36f"),
                ("k8s.node.name", "node-4.eu-central-1"),
                ("k8s.cluster.name", "shop-eu-central-1"),
                ("cloud.region", "eu-central-1"),
            }
        )
            resource.Message(OtlpFields.Resource.Attributes, Attribute(key, value));
        var scope = new ProtobufOutput();
        scope.Text(OtlpFields.InstrumentationScope.Name, "instrumentation-http");
        scope.Text(OtlpFields.InstrumentationScope.Version, "0.203.0");
        // The spans are written as fields of ScopeSpans already: the scope may follow them.
        spans.Message(OtlpFields.ScopeItems.Scope, scope);
        var resourceSpans = new ProtobufOutput();
        resourceSpans.Message(OtlpFields.ResourceItems.Resource, resource);
        resourceSpans.Message(OtlpFields.ResourceItems.ScopeItems, spans);
        var request = new ProtobufOutput();
        request.Message(OtlpFields.TelemetryData.ResourceItems, resourceSpans);
        return request.ToArray();
    }

    /// <summary>A KeyValue with a text or an integer.</summary>
    private static ProtobufOutput Attribute(string key, object value) =>
        new ProtobufOutput()
            .Text(OtlpFields.KeyValue.Key, key)
            .Message(
                OtlpFields.KeyValue.Value,
                value is string text
                    ? new ProtobufOutput().Text(OtlpFields.AnyValue.StringValue, text)
                    : new ProtobufOutput().Varint(OtlpFields.AnyValue.IntValue, Convert.ToInt64(value, CultureInfo.InvariantCulture))
            );
}
