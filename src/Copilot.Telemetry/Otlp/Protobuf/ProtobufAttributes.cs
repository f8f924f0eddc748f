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
                case (1 << 3) | 2:
                    key = message.ReadBytes();
                    break;
                case (2 << 3) | 2:
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
                case (1 << 3) | 2:
                    sink.WriteText(value.ReadBytes());
                    break;
                case 2 << 3:
                    sink.WriteBool(value.ReadVarint() != 0);
                    break;
                case 3 << 3:
                    JsonText.WriteInt64(sink.Buffer, (long)value.ReadVarint());
                    break;
                case (4 << 3) | 1:
                    JsonText.WriteDouble(sink.Buffer, value.ReadDouble());
                    break;
                case (5 << 3) | 2:
                case (6 << 3) | 2:
                    var nested = value.ReadMessage();
                    WriteNested(ref nested, sink, depth, list: tag >> 3 == 5);
                    break;
                case (7 << 3) | 2:
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
            if (tag != ((1 << 3) | 2))
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
