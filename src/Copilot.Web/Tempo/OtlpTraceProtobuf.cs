using System.Text.Json;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Otlp.Protobuf;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Tempo;

/// <summary>A trace as OTLP's protobuf messages (field numbers of opentelemetry/proto/trace/v1/trace.proto).</summary>
internal static class OtlpTraceProtobuf
{
    public static ProtobufOutput Trace(TraceDetail trace) =>
        new ProtobufOutput().Messages(
            1,
            trace
                .Spans.GroupBy(s => s.ResourceId)
                .Select(resource =>
                    new ProtobufOutput()
                        .Message(1, new ProtobufOutput().Messages(1, Attributes(resource.First().Resource)))
                        .Messages(
                            2,
                            resource
                                .GroupBy(OtlpIds.ScopeKey)
                                .Select(scope =>
                                    new ProtobufOutput()
                                        .Message(
                                            1,
                                            new ProtobufOutput()
                                                .Text(1, scope.First().Scope)
                                                .Text(2, scope.First().ScopeVersion)
                                                .Messages(3, Attributes(scope.First().ScopeAttributes))
                                        )
                                        .Messages(2, scope.Select(s => Span(trace.TraceId, s)))
                                )
                        )
                )
        );

    private static ProtobufOutput Span(TraceId trace, SpanDetail span)
    {
        var output = new ProtobufOutput().Bytes(1, OtlpIds.Bytes(trace)).Bytes(2, OtlpIds.Bytes(span.SpanId));
        if (span.TraceState is { } state)
            output.Text(3, state);
        if (span.ParentSpanId is { } parent)
            output.Bytes(4, OtlpIds.Bytes(parent));
        var status = new ProtobufOutput();
        if (span.StatusMessage is { } message)
            status.Text(2, message);
        return output
            .Text(5, span.Operation)
            .Varint(6, (int)span.Kind)
            .Fixed64(7, span.StartNs)
            .Fixed64(8, span.EndNs)
            .Messages(9, Attributes(span.Attributes))
            .Messages(
                11,
                span.Events.EnumerateArray()
                    .Select(e =>
                        new ProtobufOutput()
                            .Fixed64(1, span.StartNs + OtlpIds.SinceStart(e))
                            .Text(2, OtlpIds.Text(e, "n"))
                            .Messages(3, Attributes(OtlpIds.Member(e, "a")))
                    )
            )
            .Messages(
                13,
                span.Links.EnumerateArray()
                    .Select(l =>
                        new ProtobufOutput()
                            .Bytes(1, OtlpIds.Hex(l, "t"))
                            .Bytes(2, OtlpIds.Hex(l, "s"))
                            .Messages(4, Attributes(OtlpIds.Member(l, "a")))
                    )
            )
            .Message(15, status.Varint(3, (int)span.Status));
    }

    private static IEnumerable<ProtobufOutput> Attributes(JsonElement attributes) =>
        OtlpJson.Members(attributes).Select(m => new ProtobufOutput().Text(1, m.Name).Message(2, AnyValue(m.Value)));

    private static ProtobufOutput AnyValue(JsonElement value)
    {
        var output = new ProtobufOutput();
        return value.ValueKind switch
        {
            JsonValueKind.String => output.Text(1, value.GetString()!),
            JsonValueKind.True or JsonValueKind.False => output.Varint(2, value.GetBoolean() ? 1 : 0),
            JsonValueKind.Number => value.TryGetInt64(out var integer) ? output.Varint(3, integer) : output.Double(4, value.GetDouble()),
            JsonValueKind.Array => output.Message(5, new ProtobufOutput().Messages(1, value.EnumerateArray().Select(AnyValue))),
            JsonValueKind.Object => output.Message(6, new ProtobufOutput().Messages(1, Attributes(value))),
            _ => output,
        };
    }
}
