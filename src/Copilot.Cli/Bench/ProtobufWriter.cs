using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Copilot.Cli.Bench;

/// <summary>Writes protobuf's wire format, for the load that the bench sends.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void Clear() => _bytes.ResetWrittenCount();

    public void Varint(int field, ulong value)
    {
        Raw((ulong)field << 3);
        Raw(value);
    }

    public void Fixed64(int field, ulong value)
    {
        Raw(((ulong)field << 3) | 1);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Raw(((ulong)field << 3) | 2);
        Raw((ulong)value.Length);
        _bytes.Write(value);
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Message(int field, ProtobufWriter message) => Bytes(field, message._bytes.WrittenSpan);

    /// <summary>A KeyValue with a text or an integer.</summary>
    public void Attribute(int field, string key, object value)
    {
        var inner = new ProtobufWriter();
        if (value is string text)
            inner.Text(1, text);
        else
            inner.Varint(3, (ulong)Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
        var pair = new ProtobufWriter();
        pair.Text(1, key);
        pair.Message(2, inner);
        Message(field, pair);
    }

    private void Raw(ulong value)
    {
        while (value >= 0x80)
        {
            Raw((byte)(value | 0x80));
            value >>= 7;
        }

        Raw((byte)value);
    }

    private void Raw(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
