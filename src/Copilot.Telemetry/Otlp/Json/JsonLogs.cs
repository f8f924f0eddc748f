using System.Text.Json;
using Copilot.Telemetry.Assembly;

namespace Copilot.Telemetry.Otlp.Json;

/// <summary>Reads log record objects.</summary>
internal static class JsonLogs
{
    public static void ReadRecord(scoped ref Utf8JsonReader reader, LogAssembler assembler)
    {
        if (!JsonReading.TryBeginObject(ref reader))
            return;
        assembler.Begin();
        Span<byte> id = stackalloc byte[32];
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("timeUnixNano"u8))
                assembler.SetTime(JsonReading.Time(ref reader));
            else if (name.SequenceEqual("observedTimeUnixNano"u8))
                assembler.SetObservedTime(JsonReading.Time(ref reader));
            else if (name.SequenceEqual("severityNumber"u8))
                assembler.SetSeverity(JsonReading.Enum(ref reader));
            else if (name.SequenceEqual("severityText"u8))
                assembler.SetSeverityText(JsonReading.Text(ref reader));
            else if (name.SequenceEqual("eventName"u8))
                assembler.SetEventName(JsonReading.Text(ref reader));
            else if (name.SequenceEqual("flags"u8))
                assembler.SetFlags((uint)JsonReading.UInt64(ref reader));
            else if (name.SequenceEqual("traceId"u8))
                assembler.SetTraceId(id[..JsonReading.Hex(ref reader, id)]);
            else if (name.SequenceEqual("spanId"u8))
                assembler.SetSpanId(id[..JsonReading.Hex(ref reader, id)]);
            else if (name.SequenceEqual("attributes"u8))
                JsonAttributes.Read(ref reader, assembler.Attributes);
            else if (name.SequenceEqual("droppedAttributesCount"u8))
                assembler.Attributes.AddDropped(JsonReading.Int64(ref reader));
            else if (name.SequenceEqual("body"u8))
                ReadBody(ref reader, assembler);
            else
                reader.Skip();
        }

        assembler.Complete();
    }

    private static void ReadBody(scoped ref Utf8JsonReader reader, LogAssembler assembler)
    {
        if (!JsonReading.TryBeginObject(ref reader))
            return;
        var peek = reader;
        if (
            JsonReading.TryNextMember(ref peek, out var shape)
            && shape.SequenceEqual("stringValue"u8)
            && peek.TokenType == JsonTokenType.String
        )
        {
            assembler.SetBody(JsonReading.Text(ref peek));
            reader.Skip();
            return;
        }

        assembler.Inner.Begin();
        JsonAttributes.WriteValue(ref reader, assembler.Inner, 0);
        assembler.SetJsonBody();
    }
}
