using System.Buffers.Binary;
using System.Text;

namespace Copilot.Telemetry.Tests.Otlp;

/// <summary>Protobuf as a sender writes it, one field after the other.</summary>
internal sealed class Protobuf
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public Protobuf Varint(int field, long value)
    {
        Raw((ulong)field << 3);
        Raw((ulong)value);
        return this;
    }

    public Protobuf Fixed64(int field, ulong value)
    {
        Raw(((ulong)field << 3) | 1);
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    public Protobuf Double(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    public Protobuf Bytes(int field, params byte[] value)
    {
        Raw(((ulong)field << 3) | 2);
        Raw((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    public Protobuf Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public Protobuf Message(int field, Protobuf message) => Bytes(field, message.ToArray());

    public Protobuf Attribute(int field, string key, Protobuf value) => Message(field, new Protobuf().Text(1, key).Message(2, value));

    public static Protobuf Value(string text) => new Protobuf().Text(1, text);

    /// <summary>A trace request with these spans, of service "s".</summary>
    public static byte[] Traces(params Protobuf[] spans)
    {
        var scope = new Protobuf().Message(1, new Protobuf().Text(1, "lib").Text(2, "1.0"));
        foreach (var span in spans)
            scope.Message(2, span);
        return new Protobuf()
            .Message(1, new Protobuf().Message(1, new Protobuf().Attribute(1, "service.name", Value("s"))).Message(2, scope))
            .ToArray();
    }

    /// <summary>A time that a clock may well show.</summary>
    public const ulong Noon = 1_700_000_000_000_000_000;

    /// <summary>A span with ids, name and times.</summary>
    public static Protobuf Span(byte id = 1, ulong start = Noon, ulong end = Noon + 2_000) =>
        new Protobuf().Bytes(1, Id(16, id)).Bytes(2, Id(8, id)).Text(5, "op").Fixed64(7, start).Fixed64(8, end);

    public static byte[] Id(int length, byte last)
    {
        var id = new byte[length];
        if (length > 0)
            id[^1] = last;
        return id;
    }

    private void Raw(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        _bytes.Add((byte)value);
    }
}
