using System.Globalization;
using System.Text;

namespace Copilot.TraceQL.Advice;

/// <summary>
/// A query whose strings are put away, so that repairs by pattern cannot touch them. A string stands as ‹n› meanwhile.
/// </summary>
internal sealed record MaskedText(string Text, IReadOnlyList<string> Strings)
{
    public static MaskedText Of(string text)
    {
        var masked = new StringBuilder();
        var strings = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            // A quote inside of a name belongs to the name.
            if (text[i] is not ('"' or '`' or '\'') || (i > 0 && text[i - 1] == '.'))
            {
                masked.Append(text[i] is '‹' or '›' ? ' ' : text[i]);
                continue;
            }

            var end = i + 1;
            while (end < text.Length && text[end] != text[i])
                end += text[end] == '\\' && text[i] != '`' ? 2 : 1;
            var quoted = text[i..Math.Min(end + 1, text.Length)];
            masked.Append(CultureInfo.InvariantCulture, $"‹{strings.Count}›");
            strings.Add(text[i] == '\'' ? "\"" + quoted.Trim('\'').Replace("\"", "\\\"", StringComparison.Ordinal) + "\"" : quoted);
            i = end;
        }

        return new MaskedText(masked.ToString(), strings);
    }

    public string Unmasked()
    {
        var text = new StringBuilder(Text);
        for (var i = 0; i < Strings.Count; i++)
        {
            var mask = string.Create(CultureInfo.InvariantCulture, $"‹{i}›");
            // What became a keyword: ‹error› stands for the content of a string without its quotes.
            text.Replace(mask + "!", Strings[i].Trim('"', '`')).Replace(mask, Strings[i]);
        }

        return text.ToString();
    }
}
