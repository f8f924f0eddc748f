using Copilot.Telemetry.Text;

namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>Reads KeyValue and AnyValue messages into a sink.</summary>
internal static class ProtobufAttributes
{
    /// <summary>The key of a KeyValue and its AnyValue, unread; a missing value is an empty message.</summary>
    public static ReadOnlySpan<byte> ReadKeyValue(scoped ref ProtobufReader reader, out ProtobufReader value)
    {
        var message = reader.ReadMessage();
        ReadOnlySpan<byte> key = default;
        value = default;
        while (message.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (OtlpFields.KeyValue.Key << 3) | WireType.Bytes:
                    key = message.ReadBytes();
                    break;
                case (OtlpFields.KeyValue.Value << 3) | WireType.Bytes:
                    value = message.ReadMessage();
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }

        return key;
    }

    public static void Read(scoped ref ProtobufReader reader, AttributeSink sink)
    {
        var key = ReadKeyValue(ref reader, out var value);
        Write(key, ref value, sink);
    }

    public static void Write(ReadOnlySpan<byte> key, scoped ref ProtobufReader value, AttributeSink sink)
    {
        if (!sink.BeginAttribute(key))
            return;
        WriteValue(ref value, sink, 0);
        sink.EndAttribute();
    }

    /// <summary>Writes an AnyValue as JSON. Of several set shapes the first one counts.</summary>
    public static void WriteValue(scoped ref ProtobufReader value, AttributeSink sink, int depth)
    {
        var written = false;
        while (value.TryReadTag(out var tag))
        {
            if (written)
            {
                value.Skip(tag);
                continue;
            }

            written = true;
            switch (tag)
            {
                case (OtlpFields.AnyValue.StringValue << 3) | WireType.Bytes:
                    sink.WriteText(value.ReadBytes());
                    break;
                case (OtlpFields.AnyValue.BoolValue << 3) | WireType.Varint:
                    sink.WriteBool(value.ReadVarint() != 0);
                    break;
                case (OtlpFields.AnyValue.IntValue << 3) | WireType.Varint:
                    JsonText.WriteInt64(sink.Buffer, (long)value.ReadVarint());
                    break;
                case (OtlpFields.AnyValue.DoubleValue << 3) | WireType.Fixed64:
                    JsonText.WriteDouble(sink.Buffer, value.ReadDouble());
                    break;
                case (OtlpFields.AnyValue.ArrayValue << 3) | WireType.Bytes:
                case (OtlpFields.AnyValue.KvlistValue << 3) | WireType.Bytes:
                    var nested = value.ReadMessage();
                    WriteNested(ref nested, sink, depth, list: tag >> 3 == OtlpFields.AnyValue.ArrayValue);
                    break;
                case (OtlpFields.AnyValue.BytesValue << 3) | WireType.Bytes:
                    sink.WriteBytes(value.ReadBytes());
                    break;
                default:
                    value.Skip(tag);
                    written = false;
                    break;
            }
        }

        if (!written)
            sink.WriteNull();
    }

    private static void WriteNested(scoped ref ProtobufReader values, AttributeSink sink, int depth, bool list)
    {
        if (depth >= sink.Limits.Depth)
        {
            sink.MarkTruncated();
            sink.WriteNull();
            return;
        }

        sink.Buffer.Write(list ? (byte)'[' : (byte)'{');
        var first = true;
        while (values.TryReadTag(out var tag))
        {
            if (tag != ((OtlpFields.ValueList.Values << 3) | WireType.Bytes))
            {
                values.Skip(tag);
                continue;
            }

            if (sink.Buffer.Length >= sink.Limits.ItemBytes)
            {
                sink.MarkTruncated();
                break;
            }

            if (!first)
                sink.Buffer.Write((byte)',');
            first = false;
            ProtobufReader value;
            if (list)
            {
                value = values.ReadMessage();
            }
            else
            {
                JsonText.WriteString(sink.Buffer, JsonText.Cut(ReadKeyValue(ref values, out value), sink.Limits.NameBytes));
                sink.Buffer.Write((byte)':');
            }

            WriteValue(ref value, sink, depth + 1);
        }

        sink.Buffer.Write(list ? (byte)']' : (byte)'}');
    }
}
