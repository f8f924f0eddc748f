using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Intake;

/// <summary>Rows in Postgres' binary COPY format, in one pooled run of bytes: field by field, without an object or a call per value to a
/// driver.</summary>
internal sealed class CopyBuffer : IDisposable
{
    private static readonly byte[] _signature = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int _length;
    private bool _completed;

    public int Rows { get; private set; }

    /// <summary>All rows with the format's head and tail. May be sent more than once.</summary>
    public ReadOnlyMemory<byte> Complete()
    {
        if (!_completed)
            Int16(-1);
        _completed = true;
        return _bytes.AsMemory(0, _length);
    }

    public void Begin()
    {
        _length = 0;
        _completed = false;
        Rows = 0;
        _signature.CopyTo(Take(_signature.Length));
    }

    public void BeginRow(short columns)
    {
        Rows++;
        Int16(columns);
    }

    public void Null() => Length(-1);

    public void Value(short value)
    {
        Length(2);
        Int16(value);
    }

    public void Value(int value)
    {
        Length(4);
        BinaryPrimitives.WriteInt32BigEndian(Take(4), value);
    }

    public void Value(long value)
    {
        Length(8);
        BinaryPrimitives.WriteInt64BigEndian(Take(8), value);
    }

    public void Value(double value)
    {
        Length(8);
        BinaryPrimitives.WriteDoubleBigEndian(Take(8), value);
    }

    public void Value(float value)
    {
        Length(4);
        BinaryPrimitives.WriteSingleBigEndian(Take(4), value);
    }

    public void Value(bool value)
    {
        Length(1);
        Take(1)[0] = value ? (byte)1 : (byte)0;
    }

    public void Value(TraceId id)
    {
        Length(16);
        id.Write(Take(16));
    }

    public void Value(Guid id)
    {
        Length(16);
        id.TryWriteBytes(Take(16), bigEndian: true, out _);
    }

    public void Nullable(double? value)
    {
        if (value is { } number)
            Value(number);
        else
            Null();
    }

    public void Nullable(long? value)
    {
        if (value is { } number)
            Value(number);
        else
            Null();
    }

    /// <summary>Text in UTF-8, or a bytea.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Length(bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
    }

    public void Text(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Length(count);
        Encoding.UTF8.GetBytes(text, Take(count));
    }

    /// <summary>jsonb, whose binary form is a version number and the text.</summary>
    public void Json(ReadOnlySpan<byte> json)
    {
        Length(json.Length + 1);
        var target = Take(json.Length + 1);
        target[0] = 1;
        json.CopyTo(target[1..]);
    }

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Length(int length) => BinaryPrimitives.WriteInt32BigEndian(Take(4), length);

    private void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(2), value);

    private Span<byte> Take(int count)
    {
        if (_bytes.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_bytes.Length * 2, _length + count)));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        var taken = _bytes.AsSpan(_length, count);
        _length += count;
        return taken;
    }
}
