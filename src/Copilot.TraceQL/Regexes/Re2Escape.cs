using System.Globalization;

namespace Copilot.TraceQL.Regexes;

/// <summary>What follows a backslash.</summary>
internal static class Re2Escape
{
    /// <param name="pattern">The whole expression.</param>
    /// <param name="at">Just after the backslash; moves behind the escape.</param>
    /// <param name="parts">Takes what was read.</param>
    public static void Read(string pattern, ref int at, List<RegexPart> parts)
    {
        if (at < pattern.Length && pattern[at] is 'b' or 'B' or 'A' or 'z')
        {
            parts.Add(new RegexPart(RegexPartKind.Boundary, pattern[at++].ToString()));
        }
        else if (at < pattern.Length && pattern[at] == 'Q')
        {
            var end = pattern.IndexOf("\\E", at, StringComparison.Ordinal);
            foreach (var c in pattern[(at + 1)..(end < 0 ? pattern.Length : end)])
                parts.Add(new RegexPart(RegexPartKind.Character, c.ToString()));
            at = end < 0 ? pattern.Length : end + 2;
        }
        else
        {
            parts.Add(ReadInClass(pattern, ref at));
        }
    }

    public static RegexPart ReadInClass(string pattern, ref int at)
    {
        if (at >= pattern.Length)
            throw new FormatException("it ends in a \\");
        var c = pattern[at++];
        return c switch
        {
            'd' or 'w' or 's' or 'D' or 'W' or 'S' => new RegexPart(RegexPartKind.ClassEscape, c.ToString()),
            'p' or 'P' => ReadUnicode(pattern, ref at, c == 'P'),
            'n' => Character('\n'),
            't' => Character('\t'),
            'r' => Character('\r'),
            'f' => Character('\f'),
            'v' => Character('\v'),
            'a' => Character('\a'),
            'x' => ReadHexadecimal(pattern, ref at),
            >= '1' and <= '9' => throw new FormatException($"back references such as \\{c} are not supported"),
            _ when c < 128 && !char.IsAsciiLetterOrDigit(c) => Character(c),
            _ => throw new FormatException($"\\{c} is no escape"),
        };
    }

    private static RegexPart Character(char c) => new(RegexPartKind.Character, c.ToString());

    private static RegexPart ReadUnicode(string pattern, ref int at, bool negated)
    {
        var end = at < pattern.Length && pattern[at] == '{' ? pattern.IndexOf('}', at) : at;
        if (end < 0 || end >= pattern.Length)
            throw new FormatException("\\p needs the name of a class");
        var name = pattern[at..(end + 1)].Trim('{', '}');
        at = end + 1;
        return new RegexPart(RegexPartKind.UnicodeClass, (negated ? "^" : "") + name);
    }

    private static RegexPart ReadHexadecimal(string pattern, ref int at)
    {
        var braced = at < pattern.Length && pattern[at] == '{';
        var start = braced ? at + 1 : at;
        var end = braced ? pattern.IndexOf('}', at) : at + 2;
        if (
            end < start
            || end > pattern.Length
            || !int.TryParse(pattern.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF)
        )
            throw new FormatException("\\x needs hexadecimal digits");
        at = braced ? end + 1 : end;
        return new RegexPart(RegexPartKind.Character, char.ConvertFromUtf32(code));
    }
}
