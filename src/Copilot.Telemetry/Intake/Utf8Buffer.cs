using System.Buffers;

namespace Copilot.Telemetry.Intake;

/// <summary>A growing, pooled run of UTF-8 bytes: a batch's arena, and the scratch that a value is written into.</summary>
public sealed class Utf8Buffer(int capacity = 4096) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Where the next byte goes; starts at 1, because offset 0 means "absent".</summary>
    public int Length { get; private set; } = 1;

    public bool IsEmpty => Length == 1;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(1, Length - 1);

    public ReadOnlySpan<byte> this[TextSlice slice] => _bytes.AsSpan(slice.Offset, slice.Length);

    public void Clear() => Length = 1;

    /// <summary>Forgets what was written from <paramref name="length"/> on.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, Math.Max(1, length));

    public TextSlice Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        var slice = new TextSlice(Length, bytes.Length);
        Length += bytes.Length;
        return slice;
    }

    /// <summary>What was written since <paramref name="offset"/>.</summary>
    public TextSlice Since(int offset) => new(offset, Length - offset);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    public void Write(byte value)
    {
        if (Length == _bytes.Length)
            Grow(1);
        _bytes[Length++] = value;
    }

    /// <summary>At least <paramref name="size"/> bytes to write into, followed by <see cref="Advance"/>.</summary>
    public Span<byte> GetSpan(int size)
    {
        if (_bytes.Length - Length < size)
            Grow(size);
        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        Length = 0;
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_bytes.Length * 2, Length + size)));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

/// <summary>A stretch of a batch's arena that holds UTF-8 text; the default value means "absent", which differs from empty.</summary>
public readonly record struct TextSlice(int Offset, int Length)
{
    /// <summary>An arena never uses its first byte, so that no text starts at 0.</summary>
    public bool IsAbsent => Offset == 0;
}
