using System.Globalization;
using System.Text;
using Copilot.Store.Commands;
using Copilot.TraceQL.Regexes;

namespace Copilot.Store.Traceql.Conditions;

/// <summary>RE2 expressions in the dialect of Postgres, anchored to the whole value as TraceQL wants.</summary>
internal static class RegexSql
{
    /// <summary>Postgres counts repeats to 255, RE2 to 1000.</summary>
    private const int MaxRepeat = 255;

    private const string Special = @".[]()*+?{}|^$\-";

    public static string Translate(string pattern)
    {
        if (!Re2.TryRead(pattern, out var parts, out var problem))
            throw new UnsupportedExpressionException($"the regular expression {pattern} is not valid: {problem}", default);
        Check(parts);
        var ignoreCase = parts is [{ Kind: RegexPartKind.Flags, Text: "i" or "is" or "si" }, ..];
        var sql = new StringBuilder(ignoreCase ? "(?i)^(?:" : "^(?:");
        var inClass = false;
        foreach (var part in ignoreCase ? parts.Skip(1) : parts)
        {
            inClass = part.Kind switch
            {
                RegexPartKind.ClassOpen or RegexPartKind.NegatedClassOpen => true,
                RegexPartKind.ClassClose => false,
                _ => inClass,
            };
            sql.Append(Write(part, inClass));
        }

        return StoredText.Clean(sql.Append(")$").ToString());
    }

    private static void Check(IReadOnlyList<RegexPart> parts)
    {
        var size = RegexSize.Of(parts);
        if (size.States > QueryBudget.MostPatternStates)
        {
            throw new QueryTooExpensiveException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a regular expression has {size.States:N0} places with its counted repeats written out, at most "
                        + $"{QueryBudget.MostPatternStates:N0} are run. Shorten it, or count less far."
                )
            );
        }

        if (size.Choices > QueryBudget.MostPatternChoices)
        {
            throw new QueryTooExpensiveException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a regular expression can leave out or repeat {size.Choices:N0} of its places (*, +, ? and "
                        + $"counts), at most {QueryBudget.MostPatternChoices:N0} are run. One .* stands for any text."
                )
            );
        }
    }

    private static string Write(RegexPart part, bool inClass) =>
        part.Kind switch
        {
            RegexPartKind.Character => Character(part.Text),
            RegexPartKind.Any => ".",
            RegexPartKind.ClassEscape => ClassEscape(part.Text, inClass),
            RegexPartKind.Boundary => part.Text switch
            {
                "b" => @"\y",
                "B" => @"\Y",
                "A" => @"\A",
                _ => @"\Z",
            },
            RegexPartKind.ClassOpen => "[",
            RegexPartKind.NegatedClassOpen => "[^",
            RegexPartKind.ClassClose => "]",
            RegexPartKind.Range => Range(part.Text),
            RegexPartKind.PosixClass
                when part.Text is not ("[:ascii:]" or "[:word:]") && !part.Text.StartsWith("[:^", StringComparison.Ordinal) => part.Text,
            RegexPartKind.GroupOpen => "(?:",
            RegexPartKind.GroupClose => ")",
            RegexPartKind.Alternation => "|",
            RegexPartKind.LineStart => "^",
            RegexPartKind.LineEnd => "$",
            RegexPartKind.Repeat when part.Least <= MaxRepeat && part.Most is null or <= MaxRepeat => part.Text,
            RegexPartKind.Flags when part.Text == "s" => "",
            _ => throw new UnsupportedExpressionException($"regular expressions cannot use {Named(part)} here", default),
        };

    private static string Named(RegexPart part) =>
        part.Kind switch
        {
            RegexPartKind.Flags => $"the flags (?{part.Text}), except (?i) at the start",
            RegexPartKind.UnicodeClass => $@"\p{{{part.Text}}}",
            _ => part.Text,
        };

    private static string Character(string text) =>
        text.Length == 1 && Special.Contains(text[0], StringComparison.Ordinal) ? "\\" + text : text;

    private static string Range(string text)
    {
        var range = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            range.Append(range.Length == 0 ? "" : "-").Append(Character(rune.ToString()));
        return range.ToString();
    }

    private static string ClassEscape(string letter, bool inClass)
    {
        var inside = char.ToLowerInvariant(letter[0]) switch
        {
            'd' => "0-9",
            'w' => "0-9A-Za-z_",
            _ => @"\t\n\f\r ",
        };
        if (char.IsLower(letter[0]))
            return inClass ? inside : $"[{inside}]";
        return inClass
            ? throw new UnsupportedExpressionException($@"regular expressions cannot use \{letter} inside of [ ] here", default)
            : $"[^{inside}]";
    }
}
