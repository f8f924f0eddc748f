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
                case (1 << 3) | 2:
                    assembler.SetTraceId(span.ReadBytes());
                    break;
                case (2 << 3) | 2:
                    assembler.SetSpanId(span.ReadBytes());
                    break;
                case (3 << 3) | 2:
                    assembler.SetTraceState(span.ReadBytes());
                    break;
                case (4 << 3) | 2:
                    assembler.SetParentSpanId(span.ReadBytes());
                    break;
                case (5 << 3) | 2:
                    assembler.SetName(span.ReadBytes());
                    break;
                case 6 << 3:
                    assembler.SetKind((long)span.ReadVarint());
                    break;
                case (7 << 3) | 1:
                    assembler.SetStart(span.ReadFixed64());
                    break;
                case (8 << 3) | 1:
                    assembler.SetEnd(span.ReadFixed64());
                    break;
                case (9 << 3) | 2:
                    ReadAttribute(ref span, assembler);
                    break;
                case 10 << 3:
                    assembler.Attributes.AddDropped((long)span.ReadVarint());
                    break;
                case (11 << 3) | 2:
                    hasEvents = true;
                    span.ReadBytes();
                    break;
                case 12 << 3:
                    assembler.AddDroppedEvents((long)span.ReadVarint());
                    break;
                case (13 << 3) | 2:
                    ReadLink(span.ReadMessage(), assembler);
                    break;
                case 14 << 3:
                    assembler.AddDroppedLinks((long)span.ReadVarint());
                    break;
                case (15 << 3) | 2:
                    ReadStatus(span.ReadMessage(), assembler);
                    break;
                case (16 << 3) | 5:
                    assembler.SetFlags(span.ReadFixed32());
                    break;
                default:
                    span.Skip(tag);
                    break;
            }
        }

        while (hasEvents && again.TryReadTag(out var tag))
        {
            if (tag == ((11 << 3) | 2))
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
                (tag == ((1 << 3) | 2) && assembler.TryPromote(key, peek.ReadBytes()))
                || (tag == 3 << 3 && assembler.TryPromote(key, (long)peek.ReadVarint()))
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
                case (1 << 3) | 1:
                    time = message.ReadFixed64();
                    break;
                case (2 << 3) | 2:
                    name = message.ReadBytes();
                    break;
                case (3 << 3) | 2:
                    ProtobufAttributes.Read(ref message, assembler.Inner);
                    break;
                case 4 << 3:
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
                case (1 << 3) | 2:
                    traceId = message.ReadBytes();
                    break;
                case (2 << 3) | 2:
                    spanId = message.ReadBytes();
                    break;
                case (3 << 3) | 2:
                    traceState = message.ReadBytes();
                    break;
                case (4 << 3) | 2:
                    ProtobufAttributes.Read(ref message, assembler.Inner);
                    break;
                case 5 << 3:
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
                case (2 << 3) | 2:
                    assembler.SetStatusMessage(message.ReadBytes());
                    break;
                case 3 << 3:
                    assembler.SetStatus((long)message.ReadVarint());
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }
    }
}
