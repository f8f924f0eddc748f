namespace Copilot.TraceQL.Regexes;

/// <summary>What stands in square brackets.</summary>
internal sealed class Re2ClassReader(string pattern, List<RegexPart> parts)
{
    /// <param name="at">Just after the opening bracket; moves behind the closing one.</param>
    public void Read(ref int at)
    {
        var negated = at < pattern.Length && pattern[at] == '^';
        if (negated)
            at++;
        parts.Add(new RegexPart(negated ? RegexPartKind.NegatedClassOpen : RegexPartKind.ClassOpen, ""));
        var first = true;
        while (true)
        {
            if (at >= pattern.Length)
                throw new FormatException("a [ is not closed");
            if (pattern[at] == ']' && !first)
                break;
            first = false;
            parts.Add(ReadItem(ref at));
        }

        at++;
        parts.Add(new RegexPart(RegexPartKind.ClassClose, ""));
    }

    private RegexPart ReadItem(ref int at)
    {
        if (pattern.AsSpan(at).StartsWith("[:", StringComparison.Ordinal) && pattern.IndexOf(":]", at, StringComparison.Ordinal) is var end and > 0)
        {
            var name = pattern[at..(end + 2)];
            at = end + 2;
            return new RegexPart(RegexPartKind.PosixClass, name);
        }

        var low = ReadCharacter(ref at);
        if (low.Kind != RegexPartKind.Character || at + 1 >= pattern.Length || pattern[at] != '-' || pattern[at + 1] == ']')
            return low;
        at++;
        var high = ReadCharacter(ref at);
        if (high.Kind != RegexPartKind.Character || string.CompareOrdinal(low.Text, high.Text) > 0)
            throw new FormatException($"{low.Text}-{high.Text} is no range");
        return new RegexPart(RegexPartKind.Range, low.Text + high.Text);
    }

    private RegexPart ReadCharacter(ref int at)
    {
        if (pattern[at] == '\\')
        {
            at++;
            return Re2Escape.ReadInClass(pattern, ref at);
        }

        var length = char.IsHighSurrogate(pattern[at]) && at + 1 < pattern.Length && char.IsLowSurrogate(pattern[at + 1]) ? 2 : 1;
        at += length;
        return new RegexPart(RegexPartKind.Character, pattern.Substring(at - length, length));
    }
}
