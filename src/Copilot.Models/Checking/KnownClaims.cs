using System.Text.RegularExpressions;
using Copilot.Models.Audit;
using Copilot.Models.Facts;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>What the pieces that <see cref="Claims"/> finds are worth by themselves, whatever is said of them: shown, a stranger's words,
/// or nothing that any result shows. Numbers and times are judged by what they are said of.</summary>
internal sealed partial class KnownClaims(FactBook facts, string question, IReadOnlyList<string> services)
{
    /// <summary>Words that stand where a person's name does, and are none.</summary>
    private static readonly HashSet<string> NoNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "she",
        "he",
        "they",
        "it",
        "we",
        "who",
        "sie",
        "er",
        "elle",
        "il",
        "ella",
        "nobody",
        "somebody",
        "someone",
        "because",
        "since",
        "whoever",
        "niemand",
        "jemand",
        "weil",
        "personne",
        "quelqu",
        "nadie",
        "alguien",
        "porque",
    };

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
    /// <param name="shown">What is struck where it is not shown: of a link its label alone.</param>
    public Standing Of(Match found, string sentence, out string shown)
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
                found.Index + found.Length
            );
        if (Is("mention") && facts.IsNamed(found.Value.TrimEnd('.'), KnownAs.Document))
            return Standing.Shown;
        if (Is("mail") || Is("mention") || Is("odd"))
            return Standing.Struck;
        if (Is("list"))
            return Standing.Plain;
        if (Is("hex"))
            return Shown(IsKnownId(found.Value, sentence[..found.Index]));
        if (Is("version"))
            return Shown(IsVersion(found.Value));
        if (Is("people"))
            return Person(found.Value);
        if (Is("person"))
            return found.Value.Split(' ').Any(Languages.IsPlain)
                ? Standing.Plain
                : Shown(IsPersonOrTeam(found.Value) || facts.IsNamed(found.Value, KnownAs.Service));
        if (!services.Contains(found.Value, StringComparer.OrdinalIgnoreCase) || IsAttribute(found.Value))
            return Standing.Plain;
        return Shown(facts.IsNamed(found.Value, KnownAs.Service, KnownAs.Team) || IsAsked(found.Value));
    }

    /// <summary>Words in quotation marks that are told as a log's or an attribute's, or that are a name.</summary>
    public bool IsSpeech(Match found, string sentence)
    {
        var said = found.Groups["said"].Value.Trim();
        return facts.IsNamed(said, AsCode)
            || IsAsked(said)
            // The summary of a change, whole.
            || facts.KindsOf(said).Contains("=summary")
            || (
                IsQuotation(said)
                && QuotedSpeech.IsTold(sentence[..found.Index], sentence[(found.Index + found.Length)..])
                && !QuotedSpeech.IsCommanded(sentence[..found.Index])
            );
    }

    /// <summary>An operation is named without code: "charge takes longest".</summary>
    public bool CitesOperation(string sentence) => facts.Named(KnownAs.Operation).Any(name => name.Length > 2 && IsIn(name, sentence));

    private static Standing Shown(bool isShown) => isShown ? Standing.Shown : Standing.Struck;

    private Standing Code(string words, string sentence, int from, int to)
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
            if (QuotedSpeech.IsTold(before, after) || facts.KindsOf(words).Contains("=summary"))
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

        return Shown(IsCondition(words));
    }

    // "currency = CHF" and "span.currency" are made of names.
    private bool IsCondition(string words)
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
                    || (SaidNumber.Of(part) is { } number && facts.Facts.Any(fact => Near(number, fact)))
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

    private static bool Near(SaidNumber said, Fact fact) =>
        Math.Abs(fact.Value - said.Value) <= said.Rounding + CheckingThresholds.SameFigure;

    /// <summary>"3.8" behind "version" is no number.</summary>
    public bool IsVersionAt(Match found, string sentence) =>
        IsVersion(found.Value.Trim()) && VersionWord().IsMatch(sentence[..found.Index]);

    /// <summary>The person said it.</summary>
    public bool IsAsked(string words) => IsIn(words.Trim(), question);

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
        if (named.Count == 0 || NoNames.Contains(named[0]))
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

    [GeneratedRegex(@"\brun ?books?\b", RegexOptions.IgnoreCase, PatternThresholds.OfAnswer)]
    private static partial Regex Runbook();
}
