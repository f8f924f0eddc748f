using System.Globalization;

namespace Copilot.TraceQL.Regexes;

/// <summary>One pass over an RE2 expression.</summary>
internal sealed class Re2Reader(string pattern)
{
    private const int MaxRepeat = 1000;

    private readonly List<RegexPart> _parts = [];
    private int _at;
    private int _open;

    public IReadOnlyList<RegexPart> Read()
    {
        while (_at < pattern.Length)
            ReadPart();
        return _open > 0 ? throw new FormatException("a ( is not closed") : _parts;
    }

    private void ReadPart()
    {
        var c = pattern[_at++];
        switch (c)
        {
            case '.':
                Add(RegexPartKind.Any);
                break;
            case '^':
                Add(RegexPartKind.LineStart);
                break;
            case '$':
                Add(RegexPartKind.LineEnd);
                break;
            case '|':
                Add(RegexPartKind.Alternation);
                break;
            case '*':
                AddRepeat("*", 0, null);
                break;
            case '+':
                AddRepeat("+", 1, null);
                break;
            case '?':
                AddRepeat("?", 0, 1);
                break;
            case '{':
                ReadCounted();
                break;
            case '(':
                ReadGroup();
                break;
            case ')':
                if (--_open < 0)
                    throw new FormatException("a ) has no (");
                Add(RegexPartKind.GroupClose);
                break;
            case '[':
                new Re2ClassReader(pattern, _parts).Read(ref _at);
                break;
            case '\\':
                Re2Escape.Read(pattern, ref _at, _parts);
                break;
            default:
                Add(RegexPartKind.Character, c.ToString());
                break;
        }
    }

    private void Add(RegexPartKind kind, string text = "") => _parts.Add(new RegexPart(kind, text));

    private void AddRepeat(string text, int least, int? most)
    {
        var last = _parts.Count == 0 ? RegexPartKind.Alternation : _parts[^1].Kind;
        if (last is RegexPartKind.Alternation or RegexPartKind.GroupOpen or RegexPartKind.Flags)
            throw new FormatException($"{text} has nothing to repeat");
        if (last is RegexPartKind.Repeat)
            throw new FormatException($"{text} repeats a repeat");
        if (_at < pattern.Length && pattern[_at] == '?')
            _at++;
        _parts.Add(new RegexPart(RegexPartKind.Repeat, text) { Least = least, Most = most });
    }

    /// <summary>A brace that is no count stands for itself.</summary>
    private void ReadCounted()
    {
        var end = pattern.IndexOf('}', _at);
        var bounds = end < 0 ? [] : pattern[_at..end].Split(',');
        var counted =
            bounds.Length is 1 or 2 && IsNumber(bounds[0]) && (bounds.Length == 1 || bounds[1].Length == 0 || IsNumber(bounds[1]));
        if (!counted)
        {
            Add(RegexPartKind.Character, "{");
            return;
        }

        var least = Number(bounds[0]);
        int? most =
            bounds.Length == 1 ? least
            : bounds[1].Length == 0 ? null
            : Number(bounds[1]);
        if (least > MaxRepeat || most > MaxRepeat || most < least)
            throw new FormatException($"{{{pattern[_at..end]}}} is no valid count, at most {MaxRepeat}");
        _at = end + 1;
        AddRepeat($"{{{string.Join(',', bounds)}}}", least, most);
    }

    private static bool IsNumber(string text) => text.Length is > 0 and < 8 && text.All(char.IsAsciiDigit);

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private void ReadGroup()
    {
        _open++;
        if (_at >= pattern.Length || pattern[_at] != '?')
        {
            Add(RegexPartKind.GroupOpen);
            return;
        }

        _at++;
        if (pattern.AsSpan(_at).StartsWith("P<", StringComparison.Ordinal) || (_at < pattern.Length && pattern[_at] == '<'))
            ReadGroupName();
        else
            ReadFlags();
    }

    private void ReadGroupName()
    {
        var start = pattern.IndexOf('<', _at) + 1;
        var end = pattern.IndexOf('>', start);
        if (end <= start || !pattern[start..end].All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new FormatException("look-behind is not supported, or a group's name is not valid");
        _at = end + 1;
        Add(RegexPartKind.GroupOpen);
    }

    private void ReadFlags()
    {
        var start = _at;
        while (_at < pattern.Length && (pattern[_at] is 'i' or 'm' or 's' or 'U' or '-'))
            _at++;
        if (_at >= pattern.Length || pattern[_at] is not (':' or ')'))
            throw new FormatException("(?… is not supported here: no look-ahead, no conditions");
        var flags = pattern[start.._at];
        var group = pattern[_at++] == ':';
        if (group)
            Add(RegexPartKind.GroupOpen);
        else
            _open--;
        if (flags.Length > 0)
            Add(RegexPartKind.Flags, flags);
    }
}

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
        if (
            pattern.AsSpan(at).StartsWith("[:", StringComparison.Ordinal)
            && pattern.IndexOf(":]", at, StringComparison.Ordinal) is var end and > 0
        )
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
