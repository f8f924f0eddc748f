using System.Text.RegularExpressions;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>The pieces of a sentence that claim something: addresses, code, quotations, ids, times, numbers, people, names.</summary>
internal static class Claims
{
    private const string Tops =
        "com|net|org|edu|gov|mil|int|info|biz|io|dev|app|ai|co|cc|tv|me|gg|ly|to|sh|xyz|example|test|invalid|local"
        + "|localhost|internal|onion|cloud|online|site|top|link|click|zip|mov|live|page|pro|shop|store|tech|space|fun|run|"
        + "de|at|ch|fr|es|it|nl|be|pl|pt|se|no|fi|dk|cz|gr|hu|ro|uk|us|ca|au|nz|eu|ru|ua|cn|jp|kr|in|br|mx|ar|za|tr|ir|il|su|рф";

    private const string Ask =
        @"(?i:page|ask|contact|ping|notify|wake(?:\ up)?|invite|summon|alert|loop\ in|bring\ in|escalate\ to"
        + @"|assign(?:\ (?:it|this))?\ to|hand(?:\ (?:it|this))?(?:\ over)?\ to|reach\ out\ to|talk\ to|speak\ (?:to|with)"
        + @"|write\ to|report\ to|email|e-mail|phone|dm|cc)";

    private const string AskElsewhere =
        "(?i:fragen?\\ sie|frag|frage|kontaktieren?(?:\\ sie)?|rufen?\\ sie|ruf|informieren?(?:\\ sie)?"
        + "|verständigen?(?:\\ sie)?|wecken?(?:\\ sie)?"
        + "|appelez|contactez|demandez\\ à|prévenez|alertez|réveillez|llame\\ a|llama\\ a|llamen\\ a|contacte(?:\\ a"
        + "|\\ con)?|contacta(?:\\ a|\\ con)?|pregunte\\ a|pregunta\\ a|avise\\ a|avisa\\ a|despierte\\ a)";

    private const string Who =
        @"[\p{L}][\p{L}\p{M}\d'’._-]*(?:\ (?!(?:now|about|at|for|to|and|or|if|immediately|with|on|in|the|who|whether"
        + @"|sofort|jetzt|und|wegen|bitte|maintenant|tout|et|pour|ahora|y|para|por|sobre)\b)[\p{L}][\p{L}\p{M}'’-]*){0,2}";

    /// <summary>Interpreted: the code generated of so many alternatives takes seconds to be compiled when the first answer waits for
    /// it.</summary>
    public static Regex Pattern { get; } =
        new(
            """
            (?<link>!?\[(?<label>[^\]\n]*)\]\([^)\n]*\)|<?\b[A-Za-z][A-Za-z0-9+.-]*://[^\s>)]+>?|\b(?i:www)\.[^\s)]+
              |\b(?i:mailto|javascript|data):[^\s)]+)
            |(?<code>`(?<inner>[^`\n]+)`)
            |(?<quoted>(?<!\w)['"“‘„«](?<name>[^\s'"”’“»]{2,80})['"”’“»](?!\w))
            |(?<speech>(?<!\w)(?<open>["“„«])(?<said>[^"“”„«»`\n]{2,400})(?<close>["”“»]))
            |(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
            |(?<address>(?<![\w@.])(?://|\\\\)[\p{L}\p{N}][^\s)`]*
                |(?<![\w@.-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:[.。．｡]|\[\.\]|\(\.\)|\ ?\[?\(?dot\)?\]?\ ))+(?i:
            """
                + Tops
                + """
                )(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])(?::\d+)?(?:[/?\#][^\s)`]*)?
                    |(?<![\w@./-])[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]{2,})+(?::\d+)?/[^\s)`]*
                    |(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?:/[^\s)`]*)?)
                |(?<mention>(?<!\w)[@\#][A-Za-z][\w.-]*|<[@!\#][^>\s]*>)
                |(?<hex>\b(?:[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}
                |(?=[0-9A-Fa-f]*[0-9])(?=[0-9A-Fa-f]*[A-Fa-f])[0-9A-Fa-f]{7,32}|[A-Fa-f]{8,32}|(?<=\b(?i:traces?|spans?
                |id)[:\ ]\s?)[A-Fa-f]{6,7}|\d{16}|\d{32})\b…?)
                |(?<time>\b\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?|\b\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\b(?:\ ?(?:UTC
                |GMT)[+−-]\d{1,2}(?::\d\d)?\b)?|\b\d{1,2}h\d\d\b|\b\d{1,2}\.\d\d(?=\ Uhr)
                |\b\d{1,2}(?=\ ?(?i:[ap]m|o['’]clock)\b|\ Uhr\b))
                |(?<list>(?m:^\s*\d+\.(?=\s)))
                |(?<version>(?<![\w.])[vV]?\d+(?:\.\d+){2,}[\w+-]*|\b[vV]\d+(?:\.\d+)+[\w+-]*)
                |(?<number>(?<![\w.])(?:(?i:
                """
                + SaidNumber.Compound
                + "|"
                + SaidNumber.Pattern
                + """
                )))
                |(?<odd>[\p{No}\p{Nl}]|[\p{Nd}-[0-9]]+|[\uFF01-\uFF5E]+|(?:\uD835[\uDC00-\uDFFF])+
                |\b(?=\w*[A-Za-z])(?=\w*[\p{IsCyrillic}\p{IsGreek}])\w+\b)
                |(?<words>\b(?i:
                """
                + NumberWords.Pattern
                + """
                )\b)
                |(?<people>(?<=(?:^\s*|[(.!?:;,–—-]\s*|\b(?i:please|should|must|can|could|would|better|first|to|and|then|now
                |just|or|bitte|veuillez)\s+)
                """
                + Ask
                + """
                \s+)(?:(?i:call)\s+)?
                """
                + Who
                + """
                |(?<=(?:^\s*|[(.!?:;,–—-]\s*|\b(?i:please|should|must)\s+)(?i:call|message|tell)\s+)
                """
                + Who
                + """
                |(?<=(?:^\s*|[(.!?:;,–—-]\s*|\b(?i:sie|bitte|veuillez|et|und|y)\s+)
                """
                + AskElsewhere
                + """
                \s+)
                """
                + Who
                + """
                |\b[\p{L}][\p{L}\p{M}'’-]+(?:\ [\p{L}][\p{L}\p{M}'’-]+)?(?=\ (?i:(?:is|are)\ (?:now\ )?(?:on[\ -]call
                |the\ (?:on[\ -]call|owner|lead))|owns?\b|hat\ (?:ruf)?bereitschaft|ist\ in\ (?:ruf)?bereitschaft
                |est\ d['’]astreinte|está\ de\ guardia))
                |(?<=\b(?i:owned\ by|on[\ -]call\ is|belongs\ to|gehört|appartient\ à|pertenece\ a)\s+(?:(?i:the|team|der|dem
                |die|l['’]équipe|al|equipo)\s+)*)
                """
                + Who
                + """
                )
                |(?<person>\b(?!
                """
                + Ask
                + """
                \s|(?i:call|tell|message)\s)\p{Lu}\p{Ll}+\ \p{Lu}\p{Ll}+\b)
                |[A-Za-z][\w-]*[A-Za-z0-9]
                """,
            RegexOptions.IgnorePatternWhitespace,
            TimeSpan.FromMilliseconds(PatternThresholds.OfAllClaims)
        );
}
