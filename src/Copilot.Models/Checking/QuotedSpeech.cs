using System.Text.RegularExpressions;

namespace Copilot.Models.Checking;

/// <summary>How a sentence brings in what stands in quotation marks or code: as somebody's words, or as something to run.</summary>
internal static partial class QuotedSpeech
{
    /// <summary>What stands before says that the words are those of a log, a message, an attribute: "a log line says", "meldet", "le
    /// message".</summary>
    public static bool IsTold(string before, string after) =>
        Told().IsMatch(List().Replace(before, string.Empty)) || ToldBehind().IsMatch(after);

    /// <summary>What stands before tells a person to run it.</summary>
    public static bool IsCommanded(string before) => Command().IsMatch(before);

    // Of a list, what brings in the first brings in the rest.
    [GeneratedRegex(
        @"(?:(?:`[^`]*`|""[^""]*"")(?:\s*,\s*|\s+(?:and|or|und|oder|et|ou|y|o)\s+))+$",
        RegexOptions.None,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex List();

    [GeneratedRegex(
        """
            (?:\b(?:says?|said|saying|reads?|reading|logs?|logged|wrote|writes?|written|reports?|reported|states?|carr(?:y|ies
              |ied|ying)|contain(?:s|ed|ing)?|holds?|quotes?|quoted|record(?:s|ed)?|entry|lines?|messages?|body|bodies|texts?|values?
              |attributes?|exceptions?|events?|notes?|labels?|tags?|titled?|summary|summarized\ as
              |meldet|meldete|melden|schreibt|schrieb|lautet|steht|sagt|enthält|enthalten|trägt|tragen|meldung|fehlermeldung
              |logzeile|protokoll(?:iert)?|wert|attribut|text|zeile
              |dit|indique|écrit|contient|contiennent|porte|portent|message|journal|ligne|valeur|attribut|texte
              |dice|indica|escribe|contiene|contienen|lleva|llevan|mensaje|registro|línea|valor|atributo|texto)\b|\bas\ (?:its|the|their))
            \s*(?:(?:the|a|an|its|of|that|as|is|was|text|words?|only|all|der|die|das|den|als|wert|le|la|les|de|el|los
              |que)\s+){0,3}[:,(„«"“]*\s*$
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Told();

    [GeneratedRegex(
        @"^\s*(?:as (?:its|the|their|an?)\b|(?:is|was|were|are|wurde|wird) (?:logged|written|recorded|protokolliert"
            + @"|gemeldet)|in (?:its|the|their|a) (?:logs?|messages?|attributes?|records?)|im Protokoll|dans (?:le|son"
            + @"|les) (?:journal|message|journaux)|en (?:el|su|los) (?:registros?|mensaje))",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex ToldBehind();

    [GeneratedRegex(
        """
            \b(?:runs?|execute|type|enter|paste|apply|invoke|launch|issue|try|start|use|exec|sudo|führen?\ sie|führe
              |starten?\ sie|starte|geben\ sie|exécutez|exécute|lancez|lance|tapez|ejecute|ejecuta|ejecutar|lance|corra|escriba)
            \s*(?:(?:the|this|following|command|commands?|now|then|den|befehl|la|commande|el|comando)\s+)*[:,(]*\s*$
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Command();
}
