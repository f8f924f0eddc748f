using System.Text.RegularExpressions;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>What stands beside a number or a name and says what it is.</summary>
internal static partial class MentionWords
{
    [GeneratedRegex(@"(?:^\s*(?:[-*]|\d+\.)\s+[*`]*|\|\s*[*`]*)$", RegexOptions.None, PatternThresholds.OfPart)]
    public static partial Regex ItemHead();

    [GeneratedRegex(@"\b(?:team|équipe|equipo)[\s*`]*$", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    public static partial Regex TeamBefore();

    [GeneratedRegex(@"^[\s*`]*(?:-?team)\b", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    public static partial Regex TeamBehind();

    [GeneratedRegex(
        @"^[\s*]*(?:-|‑)?(?:times\b|x\b|×|fold\b|fach\w*|mal\b|fois\b|veces\b)",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex Times();

    [GeneratedRegex(@"(?:[×]|\bx|\bfactor (?:of )?|\bFaktor |\bfacteur )\s?$", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    public static partial Regex TimesBefore();

    [GeneratedRegex(
        @"^\s?(?:percentage[\s-]points?|pp\b|prozentpunkte?|points? de pourcentage|puntos porcentuales)",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex Points();

    [GeneratedRegex(
        @"^[\s*]*(?:\w+\s)?(?:per|a|/|pro|par|por)\s?(?:min\b|minutes?|minuto)",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex PerMinute();

    [GeneratedRegex(
        @"^\s?(?:[–—-]|to|and|or|bis|und|à|et|a|y)\s?(?<other>" + SaidNumber.Pattern + ")",
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace,
        PatternThresholds.OfPart
    )]
    public static partial Regex Range();

    [GeneratedRegex(@"[\p{L}µ%]+$", RegexOptions.None, PatternThresholds.OfPart)]
    public static partial Regex UnitWord();

    [GeneratedRegex(@"^\s(?<unit>[a-z]+)", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    public static partial Regex UnitBehind();

    [GeneratedRegex(@"^[45]\d\ds$", RegexOptions.None, PatternThresholds.OfPart)]
    public static partial Regex StatusCodes();

    [GeneratedRegex(
        "^(?:" + SaidNumber.Pattern + ")$",
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace,
        PatternThresholds.OfPart
    )]
    public static partial Regex WholeNumber();

    [GeneratedRegex(
        @"^(?:\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?|\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:UTC|Z))?)$",
        RegexOptions.None,
        PatternThresholds.OfPart
    )]
    public static partial Regex WholeTime();

    [GeneratedRegex("^[0-9a-f]{6,32}$", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    public static partial Regex Hex();
}
