using System.Text.RegularExpressions;
using Copilot.Models.Audit;

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
                |(?<number>(?<![\w.])(?:(?i:\d+\s?(?:h|hours?|m|min|minutes?)\s?(?:and\s)?\d+(?:\.\d+)?\s?(?:m|min|minutes?|s
                |sec|seconds?))\b|(?i:
                """
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

/// <summary>What the pieces that <see cref="Claims"/> finds are worth: shown, a stranger's words, or nothing that any result
/// shows.</summary>
internal sealed partial class KnownClaims(Facts facts, string question, IReadOnlyList<string> services, TimeZoneInfo zone)
{
    private readonly KnownTimes _times = new(facts, zone);

    private static readonly KnownAs[] AsCode =
    [
        KnownAs.Service,
        KnownAs.Operation,
        KnownAs.Attribute,
        KnownAs.Id,
        KnownAs.Time,
        KnownAs.Version,
        KnownAs.Person,
        KnownAs.Team,
        KnownAs.Document,
        KnownAs.Word,
        KnownAs.Query,
    ];

    /// <param name="sentence">Where it was found.</param>
    /// <param name="about">The services that the sentence names.</param>
    /// <param name="subject">Those, or what the sentences before were about.</param>
    /// <param name="shown">What is struck where it is not shown: of a link its label alone.</param>
    public Standing Of(Match found, string sentence, IReadOnlyList<string> about, IReadOnlyList<string> subject, out string shown)
    {
        shown = found.Value;
        bool Is(string group) => found.Groups[group].Success;
        if (Is("link"))
        {
            shown = found.Groups["label"] is { Success: true, Length: > 0 } label ? label.Value : "link";
            return Standing.Struck;
        }

        if (Is("address"))
        {
            if (
                facts.IsNamed(
                    found.Value.TrimEnd('.'),
                    KnownAs.Service,
                    KnownAs.Attribute,
                    KnownAs.Document,
                    KnownAs.Operation,
                    KnownAs.Version
                )
            )
                return Standing.Shown;
            shown = "link";
            return Standing.Struck;
        }

        if (Is("code") || Is("quoted"))
            return Code(
                (Is("code") ? found.Groups["inner"] : found.Groups["name"]).Value.Trim(),
                sentence,
                found.Index,
                found.Index + found.Length,
                about
            );
        if (Is("mail") || Is("mention") || Is("odd"))
            return Standing.Struck;
        if (Is("list"))
            return Standing.Plain;
        if (Is("hex"))
            return Shown(IsKnownId(found.Value, sentence[..found.Index]));
        if (Is("time"))
            return Shown(IsAsked(found.Value.Trim()) || _times.Has(found.Value.Trim(), sentence[(found.Index + found.Length)..]));
        if (Is("version"))
            return Shown(IsVersion(found.Value));
        if (Is("number"))
            return Shown(IsKnownNumber(found, sentence, about, subject));
        if (Is("words"))
            return Shown(
                NumberWords.Of(found.Value) is { } words && (facts.Shows(words, about) || (words.Unit is null && IsAsked(found.Value)))
            );
        if (Is("people"))
            return Person(found.Value);
        if (Is("person"))
            return found.Value.Split(' ').Any(Languages.IsPlain)
                ? Standing.Plain
                : Shown(IsPersonOrTeam(found.Value) || facts.IsNamed(found.Value, KnownAs.Service));
        if (!services.Contains(found.Value, StringComparer.OrdinalIgnoreCase))
            return Standing.Plain;
        return Shown(facts.IsNamed(found.Value, KnownAs.Service, KnownAs.Team) || IsAsked(found.Value));
    }

    /// <summary>Words in quotation marks that are told as a log's or an attribute's, or that are a name.</summary>
    public bool IsSpeech(Match found, string sentence)
    {
        var said = found.Groups["said"].Value.Trim();
        return facts.IsNamed(said, AsCode)
            || IsAsked(said)
            || (
                IsQuotation(said)
                && QuotedSpeech.IsTold(sentence[..found.Index], sentence[(found.Index + found.Length)..])
                && !QuotedSpeech.IsCommanded(sentence[..found.Index])
            );
    }

    /// <summary>An operation is named without code: "charge takes longest".</summary>
    public bool CitesOperation(string sentence) => facts.Named(KnownAs.Operation).Any(name => name.Length > 2 && IsIn(name, sentence));

    private static Standing Shown(bool isShown) => isShown ? Standing.Shown : Standing.Struck;

    private Standing Code(string words, string sentence, int from, int to, IReadOnlyList<string> about)
    {
        var (before, after) = (sentence[..from], sentence[to..]);
        // What a person is told to run is the runbook's, or the person's own.
        if (QuotedSpeech.IsCommanded(before))
            return Shown(
                IsAsked(words)
                    || (
                        Runbook().IsMatch(sentence)
                        && facts.Quotations.Any(quotation => quotation.IsOfRunbook && IsIn(words, quotation.Text))
                    )
            );
        if (facts.IsNamed(words, AsCode) || IsAsked(words) || IsAttribute(words))
            return Standing.Shown;
        if (HexOnly().IsMatch(words))
            return Shown(IsKnownId(words, before) || (IsQuotation(words) && QuotedSpeech.IsTold(before, after)));
        if (IsQuotation(words))
        {
            if (QuotedSpeech.IsTold(before, after))
                return Standing.Shown;
            if (services.Contains(words, StringComparer.OrdinalIgnoreCase))
                return Standing.Struck;
            var whole = facts
                .Quotations.Where(quotation =>
                    quotation.Key is not null && string.Equals(quotation.Text, words, StringComparison.OrdinalIgnoreCase)
                )
                .ToList();
            // Beside its attribute a value is told as one.
            if (whole.Any(quotation => quotation.Text != quotation.Key && IsIn(Last(quotation.Key!), sentence)))
                return Standing.Shown;
            if (whole.Count > 0)
                return Standing.Quoted;
        }

        return Shown(IsCondition(words, about));
    }

    // "currency = CHF" and "span.currency" are made of names.
    private bool IsCondition(string words, IReadOnlyList<string> about)
    {
        var parts = words.Split(['=', '>', '<', '!', '"'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1
            && IsKey(parts[0])
            && parts
                .Skip(1)
                .All(part =>
                    facts.IsNamed(part, AsCode)
                    || IsAsked(part)
                    || facts.Quotations.Any(quotation =>
                        quotation.Key is not null && string.Equals(quotation.Text, part, StringComparison.OrdinalIgnoreCase)
                    )
                    || (SaidNumber.Of(part) is { } number && facts.Shows(number, about))
                );
    }

    private bool IsKey(string part) =>
        IsAttribute(part)
        || IsAsked(part)
        || facts.IsNamed(part, KnownAs.Word)
        || facts.Quotations.Any(quotation =>
            quotation.Key is { } key && (key == part || key.EndsWith("." + part, StringComparison.OrdinalIgnoreCase))
        );

    // By its whole name or by what stands behind its scope.
    private bool IsAttribute(string words) =>
        facts.IsNamed(words, KnownAs.Attribute)
        || facts.IsNamed(words[(words.IndexOf('.', StringComparison.Ordinal) + 1)..], KnownAs.Attribute)
        || facts.Named(KnownAs.Attribute).Any(key => key.EndsWith("." + words, StringComparison.OrdinalIgnoreCase));

    private bool IsQuotation(string words) => words.Length > 0 && facts.Quotations.Any(quotation => IsIn(words, quotation.Text));

    private bool IsKnownNumber(Match found, string sentence, IReadOnlyList<string> about, IReadOnlyList<string> subject)
    {
        var said = found.Value.Trim();
        if (IsVersion(said) && VersionWord().IsMatch(sentence[..found.Index]))
            return true;
        if (SaidNumber.Of(said) is not { } number)
            return false;
        if (
            number.Value == 0
            && (number.Unit == FactUnit.Ratio || Failing().IsMatch(sentence[(found.Index + found.Length)..]))
            && !AllClears.IsOfBefore(sentence)
            && AllClears.ShowsNone(subject, facts) is { } none
        )
            return none;
        if (facts.Shows(number, about))
            return true;
        // Elsewhere "1.234" is a thousand and "1,234" a little more than one.
        var turned = said.Replace(',', ';').Replace('.', ',').Replace(';', '.');
        return turned != said && !Languages.Of(sentence).IsEnglish && SaidNumber.Of(turned) is { } other && facts.Shows(other, about);
    }

    private bool IsVersion(string words) =>
        facts.IsNamed(words, KnownAs.Version)
        || facts.IsNamed(words.TrimStart('v', 'V'), KnownAs.Version)
        || facts.IsNamed("v" + words, KnownAs.Version)
        || IsAsked(words);

    // A trace's first digits name it too, where there are enough of them. What is no trace may be the version of a build.
    private bool IsKnownId(string id, string before)
    {
        var digits = id.TrimEnd('…', '.');
        if (IsAsked(digits) || facts.Named(KnownAs.Id).Any(known => known.StartsWith(digits, StringComparison.OrdinalIgnoreCase)))
            return true;
        return digits.Length is not (16 or 32) && !OfTrace().IsMatch(before) && facts.IsNamed(digits, KnownAs.Version);
    }

    private Standing Person(string words)
    {
        var named = words
            .Split(' ')
            .Select(word => word.Trim('.', ',', '\'', '’'))
            .SkipWhile(Languages.IsPlain)
            .Reverse()
            .SkipWhile(Languages.IsPlain)
            .Reverse()
            .ToList();
        if (named.Count == 0)
            return Standing.Plain;
        bool IsOne(IEnumerable<string> some) =>
            string.Join(' ', some) is var name && (IsPersonOrTeam(name) || services.Contains(name, StringComparer.OrdinalIgnoreCase));
        return Shown(Enumerable.Range(1, named.Count).Any(count => IsOne(named.Take(count)) || IsOne(named.TakeLast(count))));
    }

    // By the whole name or by a part of a person's.
    private bool IsPersonOrTeam(string words) =>
        facts.IsNamed(words, KnownAs.Person, KnownAs.Team, KnownAs.Document)
        || IsAsked(words)
        || facts.Named(KnownAs.Person).Any(name => name.Split(' ').Contains(words, StringComparer.OrdinalIgnoreCase));

    private bool IsAsked(string words) => IsIn(words.Trim(), question);

    // In whole words: "web" was not said by "cobweb".
    private static bool IsIn(string words, string text) =>
        words.Length > 0
        && Regex.IsMatch(
            text,
            $@"(?<![\w-]){Regex.Escape(words)}(?![\w-])",
            RegexOptions.IgnoreCase,
            TimeSpan.FromMilliseconds(PatternThresholds.OfPart)
        );

    private static string Last(string key) => key[(key.LastIndexOf('.') + 1)..];

    [GeneratedRegex("^[0-9a-f]{7,32}…?$", RegexOptions.IgnoreCase, PatternThresholds.OfAnswer)]
    private static partial Regex HexOnly();

    [GeneratedRegex(@"\b(?:trace|span)(?:[ -]?id)?s?[:\s`]*$", RegexOptions.IgnoreCase, PatternThresholds.OfAnswer)]
    private static partial Regex OfTrace();

    [GeneratedRegex(
        @"\b(?:versions?|versión|releases?|deploy(?:ment|ed)?(?:\s\w+)?|build|to|from|and|auf|von|à|a)\s*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex VersionWord();

    [GeneratedRegex(
        @"^\s*(?:\w+\s)?(?:errors?|fail\w*|of|fehler\w*|erreurs?|échecs?|errores|fallos?)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Failing();

    [GeneratedRegex(@"\brun ?books?\b", RegexOptions.IgnoreCase, PatternThresholds.OfAnswer)]
    private static partial Regex Runbook();
}
