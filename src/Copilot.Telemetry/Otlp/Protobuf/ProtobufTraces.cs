using Copilot.Telemetry.Assembly;

namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>Reads Span messages.</summary>
internal static class ProtobufTraces
{
    public static void ReadSpan(scoped ref ProtobufReader span, SpanAssembler assembler)
    {
        assembler.Begin();
        // Events are timed from the span's start, which may come after them: so they are read in a second pass.
        var again = span;
        var hasEvents = false;
        while (span.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (OtlpFields.Span.TraceId << 3) | WireType.Bytes:
                    assembler.SetTraceId(span.ReadBytes());
                    break;
                case (OtlpFields.Span.SpanId << 3) | WireType.Bytes:
                    assembler.SetSpanId(span.ReadBytes());
                    break;
                case (OtlpFields.Span.TraceState << 3) | WireType.Bytes:
                    assembler.SetTraceState(span.ReadBytes());
                    break;
                case (OtlpFields.Span.ParentSpanId << 3) | WireType.Bytes:
                    assembler.SetParentSpanId(span.ReadBytes());
                    break;
                case (OtlpFields.Span.Name << 3) | WireType.Bytes:
                    assembler.SetName(span.ReadBytes());
                    break;
                case (OtlpFields.Span.Kind << 3) | WireType.Varint:
                    assembler.SetKind((long)span.ReadVarint());
                    break;
                case (OtlpFields.Span.StartTimeUnixNano << 3) | WireType.Fixed64:
                    assembler.SetStart(span.ReadFixed64());
                    break;
                case (OtlpFields.Span.EndTimeUnixNano << 3) | WireType.Fixed64:
                    assembler.SetEnd(span.ReadFixed64());
                    break;
                case (OtlpFields.Span.Attributes << 3) | WireType.Bytes:
                    ReadAttribute(ref span, assembler);
                    break;
                case (OtlpFields.Span.DroppedAttributesCount << 3) | WireType.Varint:
                    assembler.Attributes.AddDropped((long)span.ReadVarint());
                    break;
                case (OtlpFields.Span.Events << 3) | WireType.Bytes:
                    hasEvents = true;
                    span.ReadBytes();
                    break;
                case (OtlpFields.Span.DroppedEventsCount << 3) | WireType.Varint:
                    assembler.AddDroppedEvents((long)span.ReadVarint());
                    break;
                case (OtlpFields.Span.Links << 3) | WireType.Bytes:
                    ReadLink(span.ReadMessage(), assembler);
                    break;
                case (OtlpFields.Span.DroppedLinksCount << 3) | WireType.Varint:
                    assembler.AddDroppedLinks((long)span.ReadVarint());
                    break;
                case (OtlpFields.Span.Status << 3) | WireType.Bytes:
                    ReadStatus(span.ReadMessage(), assembler);
                    break;
                case (OtlpFields.Span.Flags << 3) | WireType.Fixed32:
                    assembler.SetFlags(span.ReadFixed32());
                    break;
                default:
                    span.Skip(tag);
                    break;
            }
        }

        while (hasEvents && again.TryReadTag(out var tag))
        {
            if (tag == ((OtlpFields.Span.Events << 3) | WireType.Bytes))
                ReadEvent(again.ReadMessage(), assembler);
            else
                again.Skip(tag);
        }

        assembler.Complete();
    }

    private static void ReadAttribute(scoped ref ProtobufReader span, SpanAssembler assembler)
    {
        var key = ProtobufAttributes.ReadKeyValue(ref span, out var value);
        var peek = value;
        if (
            peek.TryReadTag(out var tag)
            && (
                (tag == ((OtlpFields.AnyValue.StringValue << 3) | WireType.Bytes) && assembler.TryPromote(key, peek.ReadBytes()))
                || (tag == ((OtlpFields.AnyValue.IntValue << 3) | WireType.Varint) && assembler.TryPromote(key, (long)peek.ReadVarint()))
            )
        )
            return;
        ProtobufAttributes.Write(key, ref value, assembler.Attributes);
    }

    private static void ReadEvent(ProtobufReader message, SpanAssembler assembler)
    {
        ulong time = 0;
        ReadOnlySpan<byte> name = default;
        assembler.Inner.Begin();
        while (message.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (OtlpFields.SpanEvent.TimeUnixNano << 3) | WireType.Fixed64:
                    time = message.ReadFixed64();
                    break;
                case (OtlpFields.SpanEvent.Name << 3) | WireType.Bytes:
                    name = message.ReadBytes();
                    break;
                case (OtlpFields.SpanEvent.Attributes << 3) | WireType.Bytes:
                    ProtobufAttributes.Read(ref message, assembler.Inner);
                    break;
                case (OtlpFields.SpanEvent.DroppedAttributesCount << 3) | WireType.Varint:
                    assembler.Inner.AddDropped((long)message.ReadVarint());
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }

        assembler.AddEvent(time, name);
    }

    private static void ReadLink(ProtobufReader message, SpanAssembler assembler)
    {
        ReadOnlySpan<byte> traceId = default;
        ReadOnlySpan<byte> spanId = default;
        ReadOnlySpan<byte> traceState = default;
        assembler.Inner.Begin();
        while (message.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (OtlpFields.SpanLink.TraceId << 3) | WireType.Bytes:
                    traceId = message.ReadBytes();
                    break;
                case (OtlpFields.SpanLink.SpanId << 3) | WireType.Bytes:
                    spanId = message.ReadBytes();
                    break;
                case (OtlpFields.SpanLink.TraceState << 3) | WireType.Bytes:
                    traceState = message.ReadBytes();
                    break;
                case (OtlpFields.SpanLink.Attributes << 3) | WireType.Bytes:
                    ProtobufAttributes.Read(ref message, assembler.Inner);
                    break;
                case (OtlpFields.SpanLink.DroppedAttributesCount << 3) | WireType.Varint:
                    assembler.Inner.AddDropped((long)message.ReadVarint());
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }

        assembler.AddLink(traceId, spanId, traceState);
    }

    private static void ReadStatus(ProtobufReader message, SpanAssembler assembler)
    {
        while (message.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (OtlpFields.Status.Message << 3) | WireType.Bytes:
                    assembler.SetStatusMessage(message.ReadBytes());
                    break;
                case (OtlpFields.Status.Code << 3) | WireType.Varint:
                    assembler.SetStatus((long)message.ReadVarint());
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }
    }
}
