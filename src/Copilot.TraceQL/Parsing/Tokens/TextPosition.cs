using System.Text;

namespace Copilot.TraceQL.Parsing.Tokens;

/// <summary>Turns an offset into a line and a column as people and editors count them.</summary>
internal static class TextPosition
{
    public static TraceQlError Locate(string text, SourceSpan at, TraceQlErrorKind kind, string message)
    {
        var start = Math.Clamp(at.Start, 0, text.Length);
        int line = 1, lineStart = 0;
        for (var i = 0; i < start; i++)
        {
            if (text[i] != '\n')
                continue;
            line++;
            lineStart = i + 1;
        }

        return new TraceQlError
        {
            Kind = kind,
            Message = message,
            Line = line,
            Column = CountRunes(text.AsSpan(lineStart, start - lineStart)) + 1,
            Length = Math.Clamp(at.Length, 0, text.Length - start),
        };
    }

    private static int CountRunes(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out _, out var consumed);
            text = text[consumed..];
            count++;
        }

        return count;
    }
}
