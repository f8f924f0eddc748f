using System.Globalization;
using System.Text.RegularExpressions;

namespace Copilot.Models.Phrases;

/// <summary>A word that names what is measured: "p95", "error rate", "Mittelwert".</summary>
/// <param name="Measure">One name for all its spellings: "p95", "mean", "max", "error_rate", "share".</param>
internal sealed record MeasureWord(string Measure, int At, int Length);

/// <summary>Finds words that name a measure, in the four languages.</summary>
internal static partial class MeasureWords
{
    /// <summary>In the order of the text.</summary>
    public static IReadOnlyList<MeasureWord> In(string text) =>
        [.. Words().Matches(text).Select(found => new MeasureWord(Of(found), found.Index, found.Length))];

    /// <summary>The one that a number is of: the nearest before it, else the one right behind it.</summary>
    public static MeasureWord? For(IReadOnlyList<MeasureWord> words, int at, int end) =>
        words.LastOrDefault(word => word.At + word.Length <= at) is { } before && at - before.At <= CheckingThresholds.MeasureReach ? before
        : words.FirstOrDefault(word => word.At >= end) is { } after && after.At - end <= CheckingThresholds.MeasureBehind ? after
        : null;

    private static string Of(Match found)
    {
        if (found.Groups["p"].Success)
            return "p" + double.Parse(found.Groups["n"].Value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        foreach (var name in (string[])["p50", "mean", "max", "min", "error_rate"])
        {
            if (found.Groups[name].Success)
                return name;
        }

        return "share";
    }

    [GeneratedRegex(
        """
            \b(?:(?<p>[pP](?<n>\d{2}(?:\.\d+)?))
              |(?<p>(?<n>\d{2}(?:\.\d+)?)(?:th|st|nd|rd)?[\ -](?:percentile|perzentil|centile|percentil))
              |(?<p50>medians?|mediane?|médiane?|mediana)
              |(?<mean>mean|average|avg|mittel(?:wert)?|durchschnitt(?:lich)?|moyenne?|media|promedio|on\ average|en\ moyenne)
              |(?<max>max(?:imum)?|longest|maximal\w*|höchstdauer|maximale?|máximo)
              |(?<min>min(?:imum)(?!utes)|shortest|minimal\w*|mínimo)
              |(?<error_rate>(?:error|failure)\ rates?|fehler(?:rate|quote)|taux\ d['’]erreurs?|tasa\ de\ (?:error(?:es)?|fallos))
              |(?<share>share|portion|anteil|part|proporción))\b
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Words();
}
