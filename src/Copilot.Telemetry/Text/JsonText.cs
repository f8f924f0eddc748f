using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Copilot.Telemetry.Intake;

namespace Copilot.Telemetry.Text;

/// <summary>Writes JSON and plain text that Postgres takes: valid UTF-8 and no NUL character, whatever the sender sent.</summary>
public static class JsonText
{
    private static readonly SearchValues<byte> _special = SearchValues.Create([
        .. Enumerable.Range(0, 32).Select(static value => (byte)value),
        (byte)'"',
        (byte)'\\',
    ]);

    private static ReadOnlySpan<byte> Replacement => "\uFFFD"u8;

    /// <summary>The text in quotes; NUL characters and bytes that are no UTF-8 become U+FFFD.</summary>
    public static void WriteString(Utf8Buffer buffer, ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
            text = Repair(text);
        buffer.Write((byte)'"');
        WriteEscaped(buffer, text);
        buffer.Write((byte)'"');
    }

    /// <summary>Appends plain text for a text column.</summary>
    public static TextSlice Append(Utf8Buffer buffer, ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
            text = Repair(text);
        if (!text.Contains((byte)0))
            return buffer.Append(text);
        var start = buffer.Length;
        while (text.IndexOf((byte)0) is var nul and >= 0)
        {
            buffer.Write(text[..nul]);
            buffer.Write(Replacement);
            text = text[(nul + 1)..];
        }

        buffer.Write(text);
        return buffer.Since(start);
    }

    /// <summary>At most so many bytes of the text, ending at a character's end.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int maxBytes)
    {
        if (text.Length <= maxBytes)
            return text;
        var end = maxBytes;
        while (end > 0 && (text[end] & 0xC0) == 0x80)
            end--;
        return text[..end];
    }

    public static void WriteInt64(Utf8Buffer buffer, long value)
    {
        Utf8Formatter.TryFormat(value, buffer.GetSpan(20), out var written);
        buffer.Advance(written);
    }

    /// <summary>A double keeps a point or an exponent (1.0, not 1), so that it stays apart from an integer; NaN and infinities become
    /// texts.</summary>
    public static void WriteDouble(Utf8Buffer buffer, double value)
    {
        if (!double.IsFinite(value))
        {
            buffer.Write(
                double.IsNaN(value) ? "\"NaN\""u8
                : value > 0 ? "\"Infinity\""u8
                : "\"-Infinity\""u8
            );
            return;
        }

        var span = buffer.GetSpan(32);
        Utf8Formatter.TryFormat(value, span, out var written);
        var whole = span[..written].IndexOfAny((byte)'.', (byte)'E', (byte)'e') < 0;
        buffer.Advance(written);
        if (whole)
            buffer.Write(".0"u8);
    }

    public static void WriteHex(Utf8Buffer buffer, ReadOnlySpan<byte> bytes)
    {
        var span = buffer.GetSpan(bytes.Length * 2);
        Convert.TryToHexStringLower(bytes, span, out var written);
        buffer.Advance(written);
    }

    private static void WriteEscaped(Utf8Buffer buffer, ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny(_special) is var at and >= 0)
        {
            buffer.Write(text[..at]);
            WriteSpecial(buffer, text[at]);
            text = text[(at + 1)..];
        }

        buffer.Write(text);
    }

    private static void WriteSpecial(Utf8Buffer buffer, byte value)
    {
        switch (value)
        {
            case (byte)'"':
                buffer.Write("\\\""u8);
                break;
            case (byte)'\\':
                buffer.Write("\\\\"u8);
                break;
            case (byte)'\n':
                buffer.Write("\\n"u8);
                break;
            case (byte)'\r':
                buffer.Write("\\r"u8);
                break;
            case (byte)'\t':
                buffer.Write("\\t"u8);
                break;
            case 0:
                buffer.Write(Replacement);
                break;
            default:
                buffer.Write("\\u00"u8);
                WriteHex(buffer, [value]);
                break;
        }
    }

    private static byte[] Repair(ReadOnlySpan<byte> text) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
}
