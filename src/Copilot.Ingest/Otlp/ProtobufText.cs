using System.Text;

namespace Copilot.Ingest.Otlp;

/// <summary>Writes the few small protobuf messages that a receiver answers with.</summary>
internal sealed class ProtobufText
{
    private readonly List<byte> bytes = [];

    public ProtobufText Int(int field, long value)
    {
        // Proto3 leaves out zero.
        if (value == 0) return this;
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtobufText Text(int field, string value) => value.Length == 0 ? this : Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufText Message(int field, ProtobufText message) => Bytes(field, message.ToArray());

    public byte[] ToArray() => [.. bytes];

    private ProtobufText Bytes(int field, byte[] value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        bytes.AddRange(value);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}
