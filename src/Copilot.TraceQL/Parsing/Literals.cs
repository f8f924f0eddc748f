using System.Globalization;
using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Parsing;

/// <summary>Values as tokens and keywords write them.</summary>
internal static class Literals
{
    public static Literal? Keyword(string word) =>
        word switch
        {
            "true" => Literal.Of(true),
            "false" => Literal.Of(false),
            "nil" => Literal.Nil(),
            "minInt" => Literal.Of(long.MinValue),
            "maxInt" => Literal.Of(long.MaxValue),
            _ when IndexOf(Literal.StatusNames, word) is var code and >= 0 => Literal.Status(code),
            _ when IndexOf(Literal.KindNames, word) is var code and >= 0 => Literal.SpanKind(code),
            _ => null,
        };

    public static Literal Read(Token token, bool negative)
    {
        if (token.Kind == TokenKind.Integer && token.Magnitude > long.MaxValue && !negative)
            throw new SyntaxException("the number is too large, integers have 64 bits", token.At);
        var literal = token.Kind switch
        {
            TokenKind.Text => Literal.Of(token.Text),
            TokenKind.Float => Literal.Of(token.Float),
            TokenKind.Duration => Literal.Nanoseconds((long)token.Magnitude),
            _ => Literal.Of(unchecked((long)token.Magnitude)),
        };
        return (negative ? literal.Negated() : literal) with { At = token.At };
    }

    private static int IndexOf(IReadOnlyList<string> names, string word)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == word)
                return i;
        }

        return -1;
    }
}

/// <summary>Integers, floats (<c>.1</c>, <c>1.</c>, <c>1e3</c>) and durations (<c>1h15m30.9s</c>).</summary>
internal static class Numbers
{
    private static readonly (string Unit, decimal Nanoseconds)[] Units =
    [
        ("ns", 1m),
        ("us", 1_000m),
        ("µs", 1_000m),
        ("μs", 1_000m),
        ("ms", 1_000_000m),
        ("s", 1_000_000_000m),
        ("m", 60_000_000_000m),
        ("h", 3_600_000_000_000m),
        ("d", 86_400_000_000_000m),
        ("w", 604_800_000_000_000m),
        ("y", 31_536_000_000_000_000m),
    ];

    public static Token Read(string text, ref int at)
    {
        var start = at;
        if (TryReadDuration(text, start, out var length, out var nanoseconds))
        {
            at += length;
            return new Token(TokenKind.Duration, text.Substring(start, length), new SourceSpan(start, length)) { Magnitude = nanoseconds };
        }

        length = NumberLength(text, start, exponent: true);
        at += length;
        var written = text.AsSpan(start, length);
        var span = new SourceSpan(start, length);
        if (written.ContainsAnyExceptInRange('0', '9'))
        {
            var value = double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture);
            return double.IsFinite(value)
                ? new Token(TokenKind.Float, written.ToString(), span) { Float = value }
                : throw new SyntaxException("the number is too large", span);
        }

        // The magnitude of minInt is one more than that of maxInt; the parser decides once it has seen the sign.
        return ulong.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var integer) && integer <= 1UL << 63
            ? new Token(TokenKind.Integer, written.ToString(), span) { Magnitude = integer }
            : throw new SyntaxException("the number is too large, integers have 64 bits", span);
    }

    private static int NumberLength(string text, int start, bool exponent)
    {
        var at = start;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
        }

        if (!exponent || at >= text.Length || text[at] is not ('e' or 'E'))
            return at - start;
        var digits = at + 1;
        if (digits < text.Length && text[digits] is '+' or '-')
            digits++;
        if (digits >= text.Length || !char.IsAsciiDigit(text[digits]))
            return at - start;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        return digits - start;
    }

    /// <summary>One or more numbers, each with a unit, and no letter after them.</summary>
    private static bool TryReadDuration(string text, int start, out int length, out ulong nanoseconds)
    {
        var total = 0m;
        var at = start;
        length = 0;
        nanoseconds = 0;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
        {
            var digits = NumberLength(text, at, exponent: false);
            var unit = UnitAt(text, at + digits);
            if (
                unit.Unit is null
                || digits > 25
                || !decimal.TryParse(text.AsSpan(at, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            )
                return false;
            at += digits + unit.Unit.Length;
            if (value > long.MaxValue / unit.Nanoseconds || (total += value * unit.Nanoseconds) > long.MaxValue)
                throw new SyntaxException("the duration is too long, at most about 292 years", new SourceSpan(start, at - start));
        }

        length = at - start;
        nanoseconds = (ulong)total;
        return at == text.Length || !(char.IsLetter(text[at]) || text[at] == '_');
    }

    private static (string? Unit, decimal Nanoseconds) UnitAt(string text, int at)
    {
        foreach (var unit in Units)
        {
            if (string.CompareOrdinal(text, at, unit.Unit, 0, unit.Unit.Length) == 0 && at < text.Length)
                return unit;
        }

        return default;
    }
}
