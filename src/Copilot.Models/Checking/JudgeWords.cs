using System.Text.RegularExpressions;

namespace Copilot.Models.Checking;

/// <summary>Words that say of what a figure or a time is, in the four languages.</summary>
internal static partial class JudgeWords
{
    [GeneratedRegex(
        @"\b(?:its|it|their|they|sein\w*|ihr\w*|dessen|deren|ses|son|sa|leurs?|il|elle|su|sus)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex Pronoun();

    [GeneratedRegex(
        """
            ^[\w-]+[\s*]+(?:(?:of|other|more|different|separate|single|such|matching|main|affected|kinds?|types?|slowest|fastest
            |newest|busiest|von|de|des|los|las|les|der|den|die|the)\s+|\p{L}+(?:est|en|es|e|er|de|ing)\s+){0,3}
              (?:services?|dienste?n?|servicios?|traces?|spuren|changes?|änderungen|changements?|cambios?|pods?|regions?|regionen
              |régions?|regiones|tenants?|mandanten|currenc\w+|devises?|operations?
              |operationen|opérations?|teams?|équipes?|equipos?|people|persons?|rows?|records?|entries|logs?|errors?|kinds?|types?
              |minutes?|databases?|peers?|others?|troubles?|incidents?|problems?|störungen
              |deploys?|deployments?|flags?|values?|attributes?|runbooks?|callers?|callees?|points?|items?|slowest|shown|are\b
              |were\b|busiest|metrics?|more\b|of\b|der\b|fünf|vier|drei|each|spans?)
            |^[\w-]+[\s*]*(?:\(|[:;,.]|$)
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex ListNoun();

    [GeneratedRegex(
        @"^[\s*]*(?:\p{L}+\s){0,2}(?:of|out of|von|sur|de)\s(?:(?:the|all|its|their|his|these|those|other"
            + @"|den|ihren|seinen|ses|leurs|les|las|los|sus)\s){0,2}[\s*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex OfWhole();

    [GeneratedRegex(
        @"^[\s*]*(?:[\w%.]+\s){0,2}(?:before(?!\s(?:that|it))|previously|earlier|vorher|zuvor|davor|avant|auparavant|antes)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex BeforeBehind();

    // A row that is a measure, with its sides in the columns.
    [GeneratedRegex(
        @"^\s*\|\s*[*`]*(?:p\d\d|mean|average|median|max|min|error rate|requests|failed)",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex MeasureCell();

    [GeneratedRegex(
        @"change|diff|ratio|factor|×|share|%|increase|delta|Δ|sum|total|per\s|änderung|faktor|anteil|évolution"
            + @"|écart|part|cambio|proporción",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex DerivedColumn();

    [GeneratedRegex(@"\b(?:on[\s-]call|pager|duty|bereitschaft|astreinte|guardia)\b", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    public static partial Regex DutyWord();

    [GeneratedRegex(
        @"^[\s*]*(?:\([^)]*\)\s)?(?:from\s[\w\s-]+\s)?(?:is (?:now |currently )?on[\s-]call|has the pager"
            + @"|hat (?:ruf)?bereitschaft|est d['’]astreinte|está de guardia|on call)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex DutyBehind();

    [GeneratedRegex(
        @"\b(?:next|then|second|nächste[rs]?|danach|ensuite|suivant|después|siguiente)\b[^.|]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex NextWord();

    [GeneratedRegex(
        @"^[\s*]*(?:is next|comes next|ist (?:die|der) nächste|est (?:le|la) suivant|es (?:el|la) siguiente)",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex NextBehind();

    [GeneratedRegex(
        @"\b(?:top|first|last|other|next|ersten|letzten|anderen|premi\w+|dernie\w+|autres|primer\w+|últim\w+|otr\w+)[\s*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex SomeOf();

    [GeneratedRegex(
        @"\b(?:from|between|von|zwischen|de|entre|desde|p\d\d)[\s*:]*(?:about\s)?$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex Turning();

    [GeneratedRegex(@"^[^;.]{0,40}\b(?:to|and|vs\.?|auf|und|à|et|a|y)\b[\s*]*$", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    public static partial Regex Onto();

    [GeneratedRegex(
        @"^[\s*]*(?:of|von|de|des|du|del)\s(?:all\s|the\s|la\s|las\s|los\s|le\s|les\s)*(?:traffic|requests?"
            + @"|failures?|failed|errors?|anfragen|fehler|trafic|requêtes|échecs|erreurs|tráfico|peticiones|fallos"
            + @"|errores)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex ShareOf();

    // What is counted by measuring, not by counting rows.
    [GeneratedRegex(
        @"^\w+[\s*]+(?:\w+\s)?(?:requests?|calls?|failures?|failed|times|seconds?|minutes?|hours?|ms|percent"
            + @"|anfragen|aufrufe|fehler|mal|sekunden|minuten|requêtes?|appels|échecs"
            + @"|fois|secondes|minutes|peticiones|llamadas|fallos|veces|segundos|minutos)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex MeasuredNoun();

    [GeneratedRegex(
        @"\b(?:of(?: the| all| these| those| its| their)?|out of|von(?: den)?|sur(?: les)?|de(?: las| los| sus| ses| ces)?|aus)[\s*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex Total();

    [GeneratedRegex(
        @"^[\s*]*(?:\w+\s){0,2}(?:in all|in total|overall|altogether|together|insgesamt|zusammen|au total|en total)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex TotalBehind();

    [GeneratedRegex(
        @"\b(?:before|previous(?:ly)?|baseline|earlier|vorher|zuvor|davor|avant|auparavant|antes)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex BeforeWord();

    [GeneratedRegex(
        @"\b(?:before|previous(?:ly)?|baseline|earlier|from|than|vs|versus|against|compared|instead|where|usual\w*|normally|until then|went"
            + @"|vorher|zuvor|davor|statt|von|gegenüber|sonst|üblich\w*|als|avant|auparavant|contre|de|au lieu"
            + @"|habitu\w*|antes|desde|frente|en lugar|habitual\w*)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex ThenWord();

    [GeneratedRegex(
        @"^\s*(?:\w+\s)?(?:errors?|fail\w*|of|fehler\w*|erreurs?|échecs?|errores|fallos?)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex FailingWord();

    [GeneratedRegex(@"\b(?:now|current|jetzt|maintenant|ahora)\b", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    public static partial Regex NowWord();

    [GeneratedRegex(
        @"(?<!\d\s?(?:%|ms|s)?\s)\b(?:before|previously|baseline|vorher|zuvor|avant|auparavant|antes|(?:up"
            + @"|down) from)(?:,?\s(?:it was|was|war|of|at|es war|c'était|era))?[\s:,(*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex BeforeHere();

    [GeneratedRegex(
        @"\b(?:start(?:ed|s)?|beg(?:an|ins)|onset|first seen|since|from|beginn|begann|seit|ab|début|depuis"
            + @"|comenzó|empezó|desde)[\s:*,]*(?:at|um|à|a las|was)?[\s:*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex StartWord();

    [GeneratedRegex(
        @"\b(?:end(?:ed|s)?|over since|until|till|last seen|stopped|recovered|ende|endete|bis|vorbei seit"
            + @"|jusqu['’]à|fin|terminé depuis|hasta|terminó)[\s:*,]*(?:at|um|à|a las|was)?[\s:*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex EndWord();
}
