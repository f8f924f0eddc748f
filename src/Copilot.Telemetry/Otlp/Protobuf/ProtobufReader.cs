using System.Buffers.Binary;
using System.Globalization;

namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>Reads protobuf's wire format in place. Broken input throws <see cref="OtlpFormatException"/> with the byte's offset in the
/// body.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes, int origin = 0)
{
    private const int GroupDepth = 16;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly int Offset => origin + _position;

    public readonly bool AtEnd => _position == _bytes.Length;

    /// <summary>The next field's tag (number shifted left by 3, plus the wire type); false at the message's end.</summary>
    public bool TryReadTag(out uint tag)
    {
        if (_position == _bytes.Length)
        {
            tag = 0;
            return false;
        }

        var value = ReadVarint();
        if (value is < 8 or > uint.MaxValue)
            throw Broken("holds a field with an impossible number");
        tag = (uint)value;
        return true;
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position == _bytes.Length)
                throw Broken("ends in the middle of a number");
            var next = _bytes[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Broken("holds a number of more than 64 bits");
    }

    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public uint ReadFixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        if (length > (ulong)(_bytes.Length - _position))
            throw Broken("ends in the middle of a field");
        return Take((int)length);
    }

    /// <summary>The nested message that follows, to be read on its own.</summary>
    public ProtobufReader ReadMessage()
    {
        var bytes = ReadBytes();
        return new ProtobufReader(bytes, Offset - bytes.Length);
    }

    /// <summary>Passes over a field that is not known, or known with another wire type.</summary>
    public void Skip(uint tag) => Skip(tag, 0);

    private void Skip(uint tag, int depth)
    {
        switch (tag & 7)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.Bytes:
                ReadBytes();
                break;
            case 3 when depth < GroupDepth:
                while (TryReadTag(out var inner))
                {
                    if (inner == tag + 1)
                        return;
                    Skip(inner, depth + 1);
                }

                throw Broken("ends in the middle of a group");
            case WireType.Fixed32:
                Take(4);
                break;
            default:
                throw Broken("holds a field of an unknown wire type");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_bytes.Length - _position < count)
            throw Broken("ends in the middle of a field");
        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }

    private readonly OtlpFormatException Broken(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The protobuf body {what}, at byte {Offset}."), Offset);
}
