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
                case (1 << 3) | 1:
                    assembler.SetTime(record.ReadFixed64());
                    break;
                case 2 << 3:
                    assembler.SetSeverity((long)record.ReadVarint());
                    break;
                case (3 << 3) | 2:
                    assembler.SetSeverityText(record.ReadBytes());
                    break;
                case (5 << 3) | 2:
                    ReadBody(record.ReadMessage(), assembler);
                    break;
                case (6 << 3) | 2:
                    ProtobufAttributes.Read(ref record, assembler.Attributes);
                    break;
                case 7 << 3:
                    assembler.Attributes.AddDropped((long)record.ReadVarint());
                    break;
                case (8 << 3) | 5:
                    assembler.SetFlags(record.ReadFixed32());
                    break;
                case (9 << 3) | 2:
                    assembler.SetTraceId(record.ReadBytes());
                    break;
                case (10 << 3) | 2:
                    assembler.SetSpanId(record.ReadBytes());
                    break;
                case (11 << 3) | 1:
                    assembler.SetObservedTime(record.ReadFixed64());
                    break;
                case (12 << 3) | 2:
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
        if (tag == ((1 << 3) | 2))
        {
            assembler.SetBody(peek.ReadBytes());
            return;
        }

        assembler.Inner.Begin();
        ProtobufAttributes.WriteValue(ref body, assembler.Inner, 0);
        assembler.SetJsonBody();
    }
}
