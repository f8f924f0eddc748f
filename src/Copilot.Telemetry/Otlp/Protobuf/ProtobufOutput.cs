using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>Writes one protobuf message; nested ones are written first and put in whole. What is written is there, zero and empty
/// included.</summary>
public sealed class ProtobufOutput
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public ProtobufOutput Varint(int field, long value)
    {
        Raw((ulong)field << 3);
        Raw(unchecked((ulong)value));
        return this;
    }

    public ProtobufOutput Fixed64(int field, long value)
    {
        Raw(((ulong)field << 3) | WireType.Fixed64);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    public ProtobufOutput Double(int field, double value) => Fixed64(field, BitConverter.DoubleToInt64Bits(value));

    public ProtobufOutput Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufOutput Bytes(int field, ReadOnlySpan<byte> value)
    {
        Raw(((ulong)field << 3) | WireType.Bytes);
        Raw((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public ProtobufOutput Message(int field, ProtobufOutput message) => Bytes(field, message._bytes.WrittenSpan);

    public ProtobufOutput Messages(int field, IEnumerable<ProtobufOutput> messages)
    {
        foreach (var message in messages)
            Message(field, message);
        return this;
    }

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Raw((byte)(value | 0x80));
        Raw((byte)value);
    }

    private void Raw(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
