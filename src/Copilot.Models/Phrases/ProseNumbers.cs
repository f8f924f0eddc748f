using System.Text.RegularExpressions;

namespace Copilot.Models.Phrases;

/// <summary>The numbers of a text, in digits and in words, whatever they are of.</summary>
internal static partial class ProseNumbers
{
    public static IEnumerable<SaidNumber> In(string text, bool english) =>
        All().Matches(text).SelectMany(found => Read(found, english)).Where(said => said is not null).Select(said => said!);

    private static IEnumerable<SaidNumber?> Read(Match found, bool english)
    {
        if (!found.Groups["words"].Success)
            return SaidNumber.Readings(found.Value.Trim(), english);
        var said = NumberWords.Of(found.Groups["words"].Value);
        return said is { Unit: null } && SaidNumber.MillisecondsOf(found.Groups["of"].Value) is > 0 and var scale
            ? [said.As(FactUnit.Duration, scale)]
            : [said];
    }

    [GeneratedRegex(
        @"(?<![\w.:-])(?:"
            + SaidNumber.Compound
            + "|"
            + SaidNumber.Pattern
            + @")(?![\w:])|\b(?<words>"
            + NumberWords.Pattern
            + @")\b(?:\s(?<of>seconds?|minutes?|hours?|sekunden?|minuten?|stunden?|secondes?|heures?|segundos?|minutos?|horas?))?",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        PatternThresholds.OfResult
    )]
    private static partial Regex All();
}
