using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>Which percentile a phrase names: "p95", "p99.9", "99th percentile", "percentile 99", "upper quartile".</summary>
internal static class PercentileMentions
{
    /// <summary>Null where it names none.</summary>
    public static double? Of(Sentence s, ConceptMark mark)
    {
        if (mark.End - mark.Start == 2 && s.Tokens[mark.Start + 1].Glue == '.')
            return Digits(s.Tokens[mark.Start].Lower + s.Tokens[mark.Start + 1].Lower);
        if (mark.End - mark.Start == 2 && WordRoles.UpperQuartile.Contains(s.Tokens[mark.Start].Lower))
            return 75;
        if (mark.End - mark.Start == 2 && WordRoles.LowerQuartile.Contains(s.Tokens[mark.Start].Lower))
            return 25;
        for (var i = mark.Start; i < mark.End; i++)
        {
            if (Digits(s.Tokens[i].Lower) is { } own)
                return own;
        }

        for (var i = mark.Start - 1; i >= Math.Max(0, mark.Start - 2); i--)
        {
            if (s.Tokens[i].Kind is WordTokenKind.Number or WordTokenKind.Percent && s.TimeAt(i) is null)
            {
                s.Use(i, i + 1);
                return s.Tokens[i].Value;
            }
        }

        // "percentile 99"
        if (mark.End < s.Tokens.Count && s.Tokens[mark.End].Kind == WordTokenKind.Number && s.TimeAt(mark.End) is null)
        {
            s.Use(mark.End, mark.End + 1);
            return s.Tokens[mark.End].Value;
        }

        return null;
    }

    // "p95", "p999" and "p99.9", "99th"
    private static double? Digits(string word)
    {
        var digits = new string([.. word.Where(char.IsDigit)]);
        if (digits.Length is 0 or > 4)
            return null;
        var value = double.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        return value switch
        {
            >= 1000 => value / 100,
            > 100 => value / 10,
            _ => value,
        };
    }
}
