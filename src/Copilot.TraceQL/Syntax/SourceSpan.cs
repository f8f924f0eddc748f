using System.Text;

namespace Copilot.TraceQL.Syntax;

/// <summary>Where a piece of a query stands in its text: a zero-based start and a length in UTF-16 units.</summary>
/// <remarks>
/// All positions are equal to each other on purpose: two syntax trees are the same query wherever their parts stood,
/// and the records of the tree compare all their members.
/// </remarks>
public readonly struct SourceSpan(int start, int length) : IEquatable<SourceSpan>
{
    public int Start { get; } = start;

    public int Length { get; } = length;

    public int End => Start + Length;

    public static bool operator ==(SourceSpan left, SourceSpan right) => left.Equals(right);

    public static bool operator !=(SourceSpan left, SourceSpan right) => !left.Equals(right);

    public bool Equals(SourceSpan other) => true;

    public override bool Equals(object? obj) => obj is SourceSpan;

    public override int GetHashCode() => 0;

    /// <summary>From the start of this one to the end of the other.</summary>
    public SourceSpan To(SourceSpan other) => new(Start, Math.Max(Length, other.End - Start));
}

/// <summary>Turns an offset into a line and a column as people and editors count them.</summary>
internal static class TextPosition
{
    public static TraceQlError Locate(string text, SourceSpan at, TraceQlErrorKind kind, string message)
    {
        var start = Math.Clamp(at.Start, 0, text.Length);
        int line = 1,
            lineStart = 0;
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
