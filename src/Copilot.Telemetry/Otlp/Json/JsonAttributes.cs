using System.Buffers.Text;
using System.Text.Json;
using Copilot.Telemetry.Assembly;
using Copilot.Telemetry.Text;

namespace Copilot.Telemetry.Otlp.Json;

/// <summary>Reads arrays of KeyValue objects and AnyValue objects into a sink.</summary>
internal static class JsonAttributes
{
    /// <summary>At the attributes' array; null and an absent key are passed over. What <paramref name="promote"/> takes is not
    /// written.</summary>
    public static void Read(scoped ref Utf8JsonReader reader, AttributeSink sink, AttributePromotion? promote = null)
    {
        if (!JsonReading.TryBeginArray(ref reader))
            return;
        while (JsonReading.TryNextElement(ref reader))
        {
            var key = ReadKeyValue(ref reader, out var value);
            if (promote is not null && value.TokenType == JsonTokenType.StartObject && promote(key, ref value))
                continue;
            if (!sink.BeginAttribute(key))
                continue;
            WriteValue(ref value, sink, 0);
            sink.EndAttribute();
        }
    }

    /// <summary>At an AnyValue object; writes it as JSON. Of several set shapes the first one counts.</summary>
    public static void WriteValue(scoped ref Utf8JsonReader reader, AttributeSink sink, int depth)
    {
        var written = false;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (JsonReading.TryNextMember(ref reader, out var name))
            {
                if (written || reader.TokenType == JsonTokenType.Null)
                    reader.Skip();
                else
                    written = TryWriteShape(ref reader, name, sink, depth);
            }
        }
        else if (reader.TokenType is not (JsonTokenType.Null or JsonTokenType.None))
        {
            throw JsonReading.Wrong(ref reader, "an attribute's value, an object,");
        }

        if (!written)
            sink.WriteNull();
    }

    private static ReadOnlySpan<byte> ReadKeyValue(scoped ref Utf8JsonReader reader, out Utf8JsonReader value)
    {
        ReadOnlySpan<byte> key = default;
        value = default;
        if (!JsonReading.TryBeginObject(ref reader))
            return key;
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("key"u8))
            {
                key = JsonReading.Text(ref reader);
            }
            else
            {
                if (name.SequenceEqual("value"u8))
                    value = reader;
                reader.Skip();
            }
        }

        return key;
    }

    private static bool TryWriteShape(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, AttributeSink sink, int depth)
    {
        if (name.SequenceEqual("stringValue"u8))
            sink.WriteText(JsonReading.Text(ref reader));
        else if (name.SequenceEqual("intValue"u8))
            JsonText.WriteInt64(sink.Buffer, JsonReading.Int64(ref reader));
        else if (name.SequenceEqual("doubleValue"u8))
            JsonText.WriteDouble(sink.Buffer, JsonReading.Double(ref reader));
        else if (name.SequenceEqual("boolValue"u8))
            sink.WriteBool(JsonReading.Bool(ref reader));
        else if (name.SequenceEqual("arrayValue"u8))
            WriteNested(ref reader, sink, depth, list: true);
        else if (name.SequenceEqual("kvlistValue"u8))
            WriteNested(ref reader, sink, depth, list: false);
        else if (name.SequenceEqual("bytesValue"u8))
            WriteBytes(ref reader, sink);
        else
        {
            reader.Skip();
            return false;
        }

        return true;
    }

    private static void WriteBytes(scoped ref Utf8JsonReader reader, AttributeSink sink)
    {
        var text = JsonReading.Text(ref reader);
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, bytes, out _, out var written) != System.Buffers.OperationStatus.Done)
            throw JsonReading.Wrong(ref reader, "base64");
        sink.WriteBytes(bytes.AsSpan(0, written));
    }

    private static void WriteNested(scoped ref Utf8JsonReader reader, AttributeSink sink, int depth, bool list)
    {
        if (!JsonReading.TryBeginObject(ref reader))
            return;
        var written = false;
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            if (written || !name.SequenceEqual("values"u8))
            {
                reader.Skip();
            }
            else if (depth >= sink.Limits.Depth)
            {
                sink.MarkTruncated();
                sink.WriteNull();
                written = true;
                reader.Skip();
            }
            else
            {
                WriteValues(ref reader, sink, depth, list);
                written = true;
            }
        }

        if (!written)
            sink.Buffer.Write(list ? "[]"u8 : "{}"u8);
    }

    private static void WriteValues(scoped ref Utf8JsonReader reader, AttributeSink sink, int depth, bool list)
    {
        sink.Buffer.Write(list ? (byte)'[' : (byte)'{');
        var first = true;
        if (JsonReading.TryBeginArray(ref reader))
        {
            while (JsonReading.TryNextElement(ref reader))
            {
                if (sink.Buffer.Length >= sink.Limits.ItemBytes)
                {
                    sink.MarkTruncated();
                    reader.Skip();
                    continue;
                }

                if (!first)
                    sink.Buffer.Write((byte)',');
                first = false;
                if (list)
                {
                    WriteValue(ref reader, sink, depth + 1);
                    continue;
                }

                JsonText.WriteString(sink.Buffer, JsonText.Cut(ReadKeyValue(ref reader, out var value), sink.Limits.NameBytes));
                sink.Buffer.Write((byte)':');
                WriteValue(ref value, sink, depth + 1);
            }
        }

        sink.Buffer.Write(list ? (byte)']' : (byte)'}');
    }
}
