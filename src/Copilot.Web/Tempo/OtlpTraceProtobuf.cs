using System.Text.Json;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Otlp.Protobuf;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Tempo;

/// <summary>A trace as OTLP's protobuf messages.</summary>
internal static class OtlpTraceProtobuf
{
    public static ProtobufOutput Trace(TraceDetail trace) =>
        new ProtobufOutput().Messages(
            OtlpFields.TelemetryData.ResourceItems,
            trace
                .Spans.GroupBy(s => s.ResourceId)
                .Select(resource =>
                    new ProtobufOutput()
                        .Message(
                            OtlpFields.ResourceItems.Resource,
                            new ProtobufOutput().Messages(OtlpFields.Resource.Attributes, Attributes(resource.First().Resource))
                        )
                        .Messages(
                            OtlpFields.ResourceItems.ScopeItems,
                            resource
                                .GroupBy(OtlpIds.ScopeKey)
                                .Select(scope =>
                                    new ProtobufOutput()
                                        .Message(
                                            OtlpFields.ScopeItems.Scope,
                                            new ProtobufOutput()
                                                .Text(OtlpFields.InstrumentationScope.Name, scope.First().Scope)
                                                .Text(OtlpFields.InstrumentationScope.Version, scope.First().ScopeVersion)
                                                .Messages(
                                                    OtlpFields.InstrumentationScope.Attributes,
                                                    Attributes(scope.First().ScopeAttributes)
                                                )
                                        )
                                        .Messages(OtlpFields.ScopeItems.Items, scope.Select(s => Span(trace.TraceId, s)))
                                )
                        )
                )
        );

    private static ProtobufOutput Span(TraceId trace, SpanDetail span)
    {
        var output = new ProtobufOutput()
            .Bytes(OtlpFields.Span.TraceId, OtlpIds.Bytes(trace))
            .Bytes(OtlpFields.Span.SpanId, OtlpIds.Bytes(span.SpanId));
        if (span.TraceState is { } state)
            output.Text(OtlpFields.Span.TraceState, state);
        if (span.ParentSpanId is { } parent)
            output.Bytes(OtlpFields.Span.ParentSpanId, OtlpIds.Bytes(parent));
        var status = new ProtobufOutput();
        if (span.StatusMessage is { } message)
            status.Text(OtlpFields.Status.Message, message);
        return output
            .Text(OtlpFields.Span.Name, span.Operation)
            .Varint(OtlpFields.Span.Kind, (int)span.Kind)
            .Fixed64(OtlpFields.Span.StartTimeUnixNano, span.StartNs)
            .Fixed64(OtlpFields.Span.EndTimeUnixNano, span.EndNs)
            .Messages(OtlpFields.Span.Attributes, Attributes(span.Attributes))
            .Messages(
                OtlpFields.Span.Events,
                span.Events.EnumerateArray()
                    .Select(e =>
                        new ProtobufOutput()
                            .Fixed64(OtlpFields.SpanEvent.TimeUnixNano, span.StartNs + OtlpIds.SinceStart(e))
                            .Text(OtlpFields.SpanEvent.Name, OtlpIds.Text(e, "n"))
                            .Messages(OtlpFields.SpanEvent.Attributes, Attributes(OtlpIds.Member(e, "a")))
                    )
            )
            .Messages(
                OtlpFields.Span.Links,
                span.Links.EnumerateArray()
                    .Select(l =>
                        new ProtobufOutput()
                            .Bytes(OtlpFields.SpanLink.TraceId, OtlpIds.Hex(l, "t"))
                            .Bytes(OtlpFields.SpanLink.SpanId, OtlpIds.Hex(l, "s"))
                            .Messages(OtlpFields.SpanLink.Attributes, Attributes(OtlpIds.Member(l, "a")))
                    )
            )
            .Message(OtlpFields.Span.Status, status.Varint(OtlpFields.Status.Code, (int)span.Status));
    }

    private static IEnumerable<ProtobufOutput> Attributes(JsonElement attributes) =>
        OtlpJson
            .Members(attributes)
            .Select(m => new ProtobufOutput().Text(OtlpFields.KeyValue.Key, m.Name).Message(OtlpFields.KeyValue.Value, AnyValue(m.Value)));

    private static ProtobufOutput AnyValue(JsonElement value)
    {
        var output = new ProtobufOutput();
        return value.ValueKind switch
        {
            JsonValueKind.String => output.Text(OtlpFields.AnyValue.StringValue, value.GetString()!),
            JsonValueKind.True or JsonValueKind.False => output.Varint(OtlpFields.AnyValue.BoolValue, value.GetBoolean() ? 1 : 0),
            JsonValueKind.Number => value.TryGetInt64(out var integer)
                ? output.Varint(OtlpFields.AnyValue.IntValue, integer)
                : output.Double(OtlpFields.AnyValue.DoubleValue, value.GetDouble()),
            JsonValueKind.Array => output.Message(
                OtlpFields.AnyValue.ArrayValue,
                new ProtobufOutput().Messages(OtlpFields.ValueList.Values, value.EnumerateArray().Select(AnyValue))
            ),
            JsonValueKind.Object => output.Message(
                OtlpFields.AnyValue.KvlistValue,
                new ProtobufOutput().Messages(OtlpFields.ValueList.Values, Attributes(value))
            ),
            _ => output,
        };
    }
}
