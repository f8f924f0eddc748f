using System.Text.Json;
using Copilot.Telemetry.Assembly;

namespace Copilot.Telemetry.Otlp.Json;

/// <summary>Reads span objects.</summary>
internal static class JsonTraces
{
    public static void ReadSpan(scoped ref Utf8JsonReader reader, SpanAssembler assembler)
    {
        if (!JsonReading.TryBeginObject(ref reader))
            return;
        assembler.Begin();
        Span<byte> id = stackalloc byte[32];
        Utf8JsonReader events = default;
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            switch (name.Length)
            {
                case 7 when name.SequenceEqual("traceId"u8):
                    assembler.SetTraceId(id[..JsonReading.Hex(ref reader, id)]);
                    break;
                case 6 when name.SequenceEqual("spanId"u8):
                    assembler.SetSpanId(id[..JsonReading.Hex(ref reader, id)]);
                    break;
                case 12 when name.SequenceEqual("parentSpanId"u8):
                    assembler.SetParentSpanId(id[..JsonReading.Hex(ref reader, id)]);
                    break;
                case 10 when name.SequenceEqual("traceState"u8):
                    assembler.SetTraceState(JsonReading.Text(ref reader));
                    break;
                case 4 when name.SequenceEqual("name"u8):
                    assembler.SetName(JsonReading.Text(ref reader));
                    break;
                case 4 when name.SequenceEqual("kind"u8):
                    assembler.SetKind(JsonReading.Enum(ref reader));
                    break;
                case 17 when name.SequenceEqual("startTimeUnixNano"u8):
                    assembler.SetStart(JsonReading.Time(ref reader));
                    break;
                case 15 when name.SequenceEqual("endTimeUnixNano"u8):
                    assembler.SetEnd(JsonReading.Time(ref reader));
                    break;
                case 5 when name.SequenceEqual("flags"u8):
                    assembler.SetFlags((uint)JsonReading.UInt64(ref reader));
                    break;
                case 10 when name.SequenceEqual("attributes"u8):
                    ReadAttributes(ref reader, assembler);
                    break;
                case 5 when name.SequenceEqual("links"u8):
                    ReadLinks(ref reader, assembler);
                    break;
                case 6 when name.SequenceEqual("status"u8):
                    ReadStatus(ref reader, assembler);
                    break;
                case 22 when name.SequenceEqual("droppedAttributesCount"u8):
                    assembler.Attributes.AddDropped(JsonReading.Int64(ref reader));
                    break;
                case 18 when name.SequenceEqual("droppedEventsCount"u8):
                    assembler.AddDroppedEvents(JsonReading.Int64(ref reader));
                    break;
                case 17 when name.SequenceEqual("droppedLinksCount"u8):
                    assembler.AddDroppedLinks(JsonReading.Int64(ref reader));
                    break;
                case 6 when name.SequenceEqual("events"u8):
                    // Events are timed from the span's start, which may come after them.
                    events = reader;
                    reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (events.TokenType != JsonTokenType.None)
            ReadEvents(ref events, assembler);
        assembler.Complete();
    }

    private static void ReadAttributes(scoped ref Utf8JsonReader reader, SpanAssembler assembler) =>
        JsonAttributes.Read(ref reader, assembler.Attributes, assembler.Promotion ??= MakePromotion(assembler));

    /// <summary>Made once a batch: looks at a value of one member, and takes it where the attribute has a column.</summary>
    private static AttributePromotion MakePromotion(SpanAssembler assembler) =>
        (ReadOnlySpan<byte> key, scoped ref Utf8JsonReader value) =>
        {
            var peek = value;
            if (!JsonReading.TryNextMember(ref peek, out var shape) || peek.TokenType == JsonTokenType.Null)
                return false;
            return (shape.SequenceEqual("stringValue"u8) && assembler.TryPromote(key, JsonReading.Text(ref peek)))
                || (shape.SequenceEqual("intValue"u8) && assembler.TryPromote(key, JsonReading.Int64(ref peek)));
        };

    private static void ReadStatus(scoped ref Utf8JsonReader reader, SpanAssembler assembler)
    {
        if (!JsonReading.TryBeginObject(ref reader))
            return;
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("code"u8))
                assembler.SetStatus(JsonReading.Enum(ref reader));
            else if (name.SequenceEqual("message"u8))
                assembler.SetStatusMessage(JsonReading.Text(ref reader));
            else
                reader.Skip();
        }
    }

    private static void ReadEvents(scoped ref Utf8JsonReader reader, SpanAssembler assembler)
    {
        if (!JsonReading.TryBeginArray(ref reader))
            return;
        while (JsonReading.TryNextElement(ref reader))
        {
            if (!JsonReading.TryBeginObject(ref reader))
                continue;
            ulong time = 0;
            ReadOnlySpan<byte> eventName = default;
            assembler.Inner.Begin();
            while (JsonReading.TryNextMember(ref reader, out var name))
            {
                if (name.SequenceEqual("timeUnixNano"u8))
                    time = JsonReading.Time(ref reader);
                else if (name.SequenceEqual("name"u8))
                    eventName = JsonReading.Text(ref reader);
                else if (name.SequenceEqual("attributes"u8))
                    JsonAttributes.Read(ref reader, assembler.Inner);
                else if (name.SequenceEqual("droppedAttributesCount"u8))
                    assembler.Inner.AddDropped(JsonReading.Int64(ref reader));
                else
                    reader.Skip();
            }

            assembler.AddEvent(time, eventName);
        }
    }

    private static void ReadLinks(scoped ref Utf8JsonReader reader, SpanAssembler assembler)
    {
        if (!JsonReading.TryBeginArray(ref reader))
            return;
        Span<byte> traceBuffer = stackalloc byte[16];
        Span<byte> spanBuffer = stackalloc byte[8];
        while (JsonReading.TryNextElement(ref reader))
        {
            if (!JsonReading.TryBeginObject(ref reader))
                continue;
            scoped ReadOnlySpan<byte> traceId = default;
            scoped ReadOnlySpan<byte> spanId = default;
            ReadOnlySpan<byte> traceState = default;
            assembler.Inner.Begin();
            while (JsonReading.TryNextMember(ref reader, out var name))
            {
                if (name.SequenceEqual("traceId"u8))
                    traceId = traceBuffer[..JsonReading.Hex(ref reader, traceBuffer)];
                else if (name.SequenceEqual("spanId"u8))
                    spanId = spanBuffer[..JsonReading.Hex(ref reader, spanBuffer)];
                else if (name.SequenceEqual("traceState"u8))
                    traceState = JsonReading.Text(ref reader);
                else if (name.SequenceEqual("attributes"u8))
                    JsonAttributes.Read(ref reader, assembler.Inner);
                else if (name.SequenceEqual("droppedAttributesCount"u8))
                    assembler.Inner.AddDropped(JsonReading.Int64(ref reader));
                else
                    reader.Skip();
            }

            assembler.AddLink(traceId, spanId, traceState);
        }
    }
}
