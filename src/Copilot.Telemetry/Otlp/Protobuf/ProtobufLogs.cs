using Copilot.Telemetry.Assembly;

namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>Reads LogRecord messages.</summary>
internal static class ProtobufLogs
{
    public static void ReadRecord(scoped ref ProtobufReader record, LogAssembler assembler)
    {
        assembler.Begin();
        while (record.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (OtlpFields.LogRecord.TimeUnixNano << 3) | WireType.Fixed64:
                    assembler.SetTime(record.ReadFixed64());
                    break;
                case (OtlpFields.LogRecord.SeverityNumber << 3) | WireType.Varint:
                    assembler.SetSeverity((long)record.ReadVarint());
                    break;
                case (OtlpFields.LogRecord.SeverityText << 3) | WireType.Bytes:
                    assembler.SetSeverityText(record.ReadBytes());
                    break;
                case (OtlpFields.LogRecord.Body << 3) | WireType.Bytes:
                    ReadBody(record.ReadMessage(), assembler);
                    break;
                case (OtlpFields.LogRecord.Attributes << 3) | WireType.Bytes:
                    ProtobufAttributes.Read(ref record, assembler.Attributes);
                    break;
                case (OtlpFields.LogRecord.DroppedAttributesCount << 3) | WireType.Varint:
                    assembler.Attributes.AddDropped((long)record.ReadVarint());
                    break;
                case (OtlpFields.LogRecord.Flags << 3) | WireType.Fixed32:
                    assembler.SetFlags(record.ReadFixed32());
                    break;
                case (OtlpFields.LogRecord.TraceId << 3) | WireType.Bytes:
                    assembler.SetTraceId(record.ReadBytes());
                    break;
                case (OtlpFields.LogRecord.SpanId << 3) | WireType.Bytes:
                    assembler.SetSpanId(record.ReadBytes());
                    break;
                case (OtlpFields.LogRecord.ObservedTimeUnixNano << 3) | WireType.Fixed64:
                    assembler.SetObservedTime(record.ReadFixed64());
                    break;
                case (OtlpFields.LogRecord.EventName << 3) | WireType.Bytes:
                    assembler.SetEventName(record.ReadBytes());
                    break;
                default:
                    record.Skip(tag);
                    break;
            }
        }

        assembler.Complete();
    }

    private static void ReadBody(ProtobufReader body, LogAssembler assembler)
    {
        var peek = body;
        if (!peek.TryReadTag(out var tag))
            return;
        if (tag == ((OtlpFields.AnyValue.StringValue << 3) | WireType.Bytes))
        {
            assembler.SetBody(peek.ReadBytes());
            return;
        }

        assembler.Inner.Begin();
        ProtobufAttributes.WriteValue(ref body, assembler.Inner, 0);
        assembler.SetJsonBody();
    }
}
