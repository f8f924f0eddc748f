using System.Buffers;

namespace Copilot.Cli.Importing.Lines;

/// <summary>
/// Puts bare NaN and Infinity, which JSON does not have and many recorders write all the same, into quotes, as OTLP has them.
/// </summary>
internal static class BareNumbers
{
    private static readonly SearchValues<byte> Starts = SearchValues.Create("\"NI-"u8);

    /// <summary>The same text where there is nothing to put right.</summary>
    public static ReadOnlyMemory<byte> Quote(ReadOnlyMemory<byte> json)
    {
        var text = json.Span;
        ArrayBufferWriter<byte>? quoted = null;
        var copied = 0;
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(Starts);
            if (next < 0) break;
            at += next;
            if (text[at] == (byte)'"')
            {
                at = EndOfText(text, at);
                continue;
            }

            var length = Bare(text[at..]);
            if (length == 0)
            {
                at++;
                continue;
            }

            quoted ??= new ArrayBufferWriter<byte>(text.Length + 64);
            quoted.Write(text[copied..at]);
            quoted.Write("\""u8);
            quoted.Write(text.Slice(at, length));
            quoted.Write("\""u8);
            at += length;
            copied = at;
        }

        if (quoted is null) return json;
        quoted.Write(text[copied..]);
        return quoted.WrittenMemory;
    }

    private static int Bare(ReadOnlySpan<byte> text) =>
        text.StartsWith("NaN"u8) ? 3 : text.StartsWith("Infinity"u8) ? 8 : text.StartsWith("-Infinity"u8) ? 9 : 0;

    private static int EndOfText(ReadOnlySpan<byte> text, int at)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == (byte)'\\') at++;
            else if (text[at] == (byte)'"') return at + 1;
        }

        return text.Length;
    }
}
