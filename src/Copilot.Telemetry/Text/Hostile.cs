using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Copilot.Telemetry.Text;

/// <summary>Text from telemetry and files, made harmless for where it goes. It is shown, never obeyed.</summary>
public static partial class Hostile
{
    /// <summary>One line of plain text: no control or invisible characters, cut to a length.</summary>
    public static string Line(string? text, int longest = 200)
    {
        var line = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (
                category
                is UnicodeCategory.Control
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.SpaceSeparator
            )
            {
                if (line.Length > 0 && line[^1] != ' ')
                    line.Append(' ');
            }
            else if (category is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse))
            {
                line.Append(rune);
            }

            if (line.Length >= longest)
                return line.ToString().TrimEnd() + "…";
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>A Markdown code span: nothing in it is formatted, linked or mentioned.</summary>
    public static string Code(string? text, int longest = 200) => $"`{Line(text, longest).Replace('`', '\'')}`";

    /// <summary>Markdown text in which nothing of the given text is formatting, a link, HTML or a mention.</summary>
    public static string Markdown(string? text, int longest = 500)
    {
        var plain = MarkdownSigns().Replace(Line(text, longest), @"\$0");
        // A bare address would become a link, and "@name" a mention in some renderers.
        return plain.Replace("://", ":\u200b//", StringComparison.Ordinal).Replace("@", "@\u200b", StringComparison.Ordinal);
    }

    /// <summary>True for what may stand in a command that someone will copy: no blanks, quotes or shell signs.</summary>
    public static bool IsSafeWord(string? text) => text is not null && SafeWord().IsMatch(text);

    [GeneratedRegex(@"[\\`*_\[\]<>#|~&!]")]
    private static partial Regex MarkdownSigns();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/:-]{0,127}\z")]
    private static partial Regex SafeWord();
}
