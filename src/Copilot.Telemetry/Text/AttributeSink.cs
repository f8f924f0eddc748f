using System.Buffers.Text;
using Copilot.Telemetry.Intake;

namespace Copilot.Telemetry.Text;

/// <summary>
/// Collects one item's attributes as a JSON object, within the limits, and says in the object itself what was cut or left out.
/// Reused from item to item.
/// </summary>
internal sealed class AttributeSink(DecodeLimits limits) : IDisposable
{
    private readonly Utf8Buffer _buffer = new();
    private readonly List<(int Start, int End)> _entries = [];
    private readonly List<byte[]> _truncated = [];
    private int _kept;
    private long _dropped;
    private byte[] _key = new byte[64];
    private int _keyLength;

    public Utf8Buffer Buffer => _buffer;

    public DecodeLimits Limits => limits;

    public void Begin()
    {
        _buffer.Clear();
        _entries.Clear();
        _truncated.Clear();
        _kept = 0;
        _dropped = 0;
        _keyLength = 0;
    }

    public void AddDropped(long count) => _dropped += Math.Max(0, count);

    /// <summary>Writes the key and leaves the place for the value; false where the item has had its share, and the value is to be
    /// skipped.</summary>
    public bool BeginAttribute(ReadOnlySpan<byte> key)
    {
        SetKey(key);
        if (_kept >= limits.Attributes || _buffer.Length >= limits.ItemBytes)
        {
            _dropped++;
            return false;
        }

        _kept++;
        if (!_buffer.IsEmpty)
            _buffer.Write((byte)',');
        _entries.Add((_buffer.Length, 0));
        JsonText.WriteString(_buffer, JsonText.Cut(key, limits.NameBytes));
        _buffer.Write((byte)':');
        return true;
    }

    public void EndAttribute()
    {
        var entry = _entries[^1];
        _entries[^1] = entry with { End = _buffer.Length };
    }

    /// <summary>Remembers the key of a value that is written elsewhere (a column of its own), for the list of cut values.</summary>
    public void SetKey(ReadOnlySpan<byte> key)
    {
        key = JsonText.Cut(key, limits.NameBytes);
        if (_key.Length < key.Length)
            _key = new byte[limits.NameBytes];
        key.CopyTo(_key);
        _keyLength = key.Length;
    }

    /// <summary>The text within the limit; a cut one is listed.</summary>
    public ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        if (text.Length <= limits.ValueBytes)
            return text;
        MarkTruncated();
        return JsonText.Cut(text, limits.ValueBytes);
    }

    public void WriteText(ReadOnlySpan<byte> text) => JsonText.WriteString(_buffer, Cut(text));

    public void WriteBool(bool value) => _buffer.Write(value ? "true"u8 : "false"u8);

    public void WriteNull() => _buffer.Write("null"u8);

    /// <summary>Bytes have no JSON shape of their own: <c>{"bytes": base64}</c>.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > limits.ValueBytes)
        {
            MarkTruncated();
            bytes = bytes[..limits.ValueBytes];
        }

        _buffer.Write("{\"bytes\":\""u8);
        Base64.EncodeToUtf8(bytes, _buffer.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
        _buffer.Advance(written);
        _buffer.Write("\"}"u8);
    }

    /// <summary>Lists the current attribute as cut.</summary>
    public void MarkTruncated() => MarkTruncated(_key.AsSpan(0, _keyLength));

    public void MarkTruncated(ReadOnlySpan<byte> key)
    {
        foreach (var known in _truncated)
        {
            if (key.SequenceEqual(known))
                return;
        }

        if (_truncated.Count < 16)
            _truncated.Add(key.ToArray());
    }

    /// <summary>The object into the arena; absent where there is no attribute.</summary>
    public TextSlice Complete(Utf8Buffer arena)
    {
        var start = arena.Length;
        CompleteInto(arena, []);
        return arena.Length == start ? default : arena.Since(start);
    }

    /// <summary>The object behind a prefix (a member's name); nothing at all where there is no attribute.</summary>
    public void CompleteInto(Utf8Buffer buffer, ReadOnlySpan<byte> prefix)
    {
        WriteNotes();
        if (_buffer.IsEmpty)
            return;
        buffer.Write(prefix);
        buffer.Write((byte)'{');
        buffer.Write(_buffer.Written);
        buffer.Write((byte)'}');
    }

    /// <summary>The object with its keys in order, so that the same attributes in another order give the same bytes.</summary>
    public TextSlice CompleteSorted(Utf8Buffer arena)
    {
        if (_buffer.IsEmpty && _dropped == 0)
            return default;
        _entries.Sort((left, right) => Entry(left).SequenceCompareTo(Entry(right)));
        var start = arena.Length;
        arena.Write((byte)'{');
        for (var i = 0; i < _entries.Count; i++)
        {
            if (i > 0)
                arena.Write((byte)',');
            arena.Write(Entry(_entries[i]));
        }

        var before = _buffer.Length;
        WriteNotes();
        arena.Write(_buffer[new TextSlice(before, _buffer.Length - before)]);
        arena.Write((byte)'}');
        return arena.Since(start);
    }

    public void Dispose() => _buffer.Dispose();

    private ReadOnlySpan<byte> Entry((int Start, int End) entry) => _buffer[new TextSlice(entry.Start, entry.End - entry.Start)];

    private void WriteNotes()
    {
        if (_dropped > 0)
        {
            WriteNote("\"otel.dropped_attributes_count\":"u8);
            JsonText.WriteInt64(_buffer, _dropped);
        }

        if (_truncated.Count == 0)
            return;
        WriteNote("\"copilot.truncated\":["u8);
        for (var i = 0; i < _truncated.Count; i++)
        {
            if (i > 0)
                _buffer.Write((byte)',');
            JsonText.WriteString(_buffer, _truncated[i]);
        }

        _buffer.Write((byte)']');
    }

    private void WriteNote(ReadOnlySpan<byte> text)
    {
        if (!_buffer.IsEmpty)
            _buffer.Write((byte)',');
        _buffer.Write(text);
    }
}
