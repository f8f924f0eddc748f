using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Agent.Tools;

namespace Copilot.Agent.Model.Checking;

/// <summary>What the pieces that <see cref="Claims"/> finds are worth: shown, a stranger's words, or nothing that any result shows.</summary>
internal sealed partial class KnownClaims(Facts facts, string question, IReadOnlyList<string> services)
{
    private static readonly KnownAs[] AsCode =
    [
        KnownAs.Service, KnownAs.Operation, KnownAs.Attribute, KnownAs.Id, KnownAs.Time, KnownAs.Version, KnownAs.Person, KnownAs.Team, KnownAs.Document, KnownAs.Word, KnownAs.Query,
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
            if (facts.IsNamed(found.Value.TrimEnd('.'), KnownAs.Service, KnownAs.Attribute, KnownAs.Document, KnownAs.Operation, KnownAs.Version)) return Standing.Shown;
            shown = "link";
            return Standing.Struck;
        }

        if (Is("code") || Is("quoted"))
            return Code((Is("code") ? found.Groups["inner"] : found.Groups["name"]).Value.Trim(), sentence, found.Index, found.Index + found.Length, about);
        if (Is("mail") || Is("mention") || Is("odd")) return Standing.Struck;
        if (Is("list")) return Standing.Plain;
        if (Is("hex")) return Shown(IsKnownId(found.Value, sentence[..found.Index]));
        if (Is("time")) return Shown(IsKnownTime(found.Value.Trim()));
        if (Is("version")) return Shown(IsVersion(found.Value));
        if (Is("number")) return Shown(IsKnownNumber(found, sentence, about, subject));
        if (Is("words")) return Shown(NumberWords.Of(found.Value) is { } words && (facts.Shows(words, about) || (words.Unit is null && IsAsked(found.Value))));
        if (Is("people")) return Person(found.Value);
        if (Is("person"))
            return found.Value.Split(' ').Any(Languages.IsPlain) ? Standing.Plain : Shown(IsPersonOrTeam(found.Value) || facts.IsNamed(found.Value, KnownAs.Service));
        if (!services.Contains(found.Value, StringComparer.OrdinalIgnoreCase)) return Standing.Plain;
        return Shown(facts.IsNamed(found.Value, KnownAs.Service, KnownAs.Team) || IsAsked(found.Value));
    }

    /// <summary>Words in quotation marks that are told as a log's or an attribute's, or that are a name.</summary>
    public bool IsSpeech(Match found, string sentence)
    {
        var said = found.Groups["said"].Value.Trim();
        return facts.IsNamed(said, AsCode) || IsAsked(said)
            || (IsQuotation(said) && Quoting.IsTold(sentence[..found.Index], sentence[(found.Index + found.Length)..]) && !Quoting.IsCommanded(sentence[..found.Index]));
    }

    /// <summary>An operation is named without code: "charge takes longest".</summary>
    public bool CitesOperation(string sentence) => facts.Named(KnownAs.Operation).Any(name => name.Length > 2 && IsIn(name, sentence));

    private static Standing Shown(bool isShown) => isShown ? Standing.Shown : Standing.Struck;

    private Standing Code(string words, string sentence, int from, int to, IReadOnlyList<string> about)
    {
        var (before, after) = (sentence[..from], sentence[to..]);
        // What a person is told to run is the runbook's, or the person's own.
        if (Quoting.IsCommanded(before))
            return Shown(IsAsked(words) || (Runbook().IsMatch(sentence) && facts.Quotations.Any(quotation => quotation.IsOfRunbook && IsIn(words, quotation.Text))));
        if (facts.IsNamed(words, AsCode) || IsAsked(words) || IsAttribute(words)) return Standing.Shown;
        if (HexOnly().IsMatch(words)) return Shown(IsKnownId(words, before) || (IsQuotation(words) && Quoting.IsTold(before, after)));
        if (IsQuotation(words))
        {
            if (Quoting.IsTold(before, after)) return Standing.Shown;
            if (services.Contains(words, StringComparer.OrdinalIgnoreCase)) return Standing.Struck;
            var whole = facts.Quotations.Where(quotation => quotation.Key is not null && string.Equals(quotation.Text, words, StringComparison.OrdinalIgnoreCase)).ToList();
            // Beside its attribute a value is told as one.
            if (whole.Any(quotation => quotation.Text != quotation.Key && IsIn(Last(quotation.Key!), sentence))) return Standing.Shown;
            if (whole.Count > 0) return Standing.Quoted;
        }

        return Shown(IsCondition(words, about));
    }

    // "currency = CHF" and "span.currency" are made of names.
    private bool IsCondition(string words, IReadOnlyList<string> about)
    {
        var parts = words.Split(['=', '>', '<', '!', '"'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && IsKey(parts[0]) && parts.Skip(1).All(part => facts.IsNamed(part, AsCode) || IsAsked(part)
            || facts.Quotations.Any(quotation => quotation.Key is not null && string.Equals(quotation.Text, part, StringComparison.OrdinalIgnoreCase))
            || (SaidNumber.Of(part) is { } number && facts.Shows(number, about)));
    }

    private bool IsKey(string part) => IsAttribute(part) || IsAsked(part) || facts.IsNamed(part, KnownAs.Word)
        || facts.Quotations.Any(quotation => quotation.Key is { } key && (key == part || key.EndsWith("." + part, StringComparison.OrdinalIgnoreCase)));

    // By its whole name or by what stands behind its scope.
    private bool IsAttribute(string words) => facts.IsNamed(words, KnownAs.Attribute) || facts.IsNamed(words[(words.IndexOf('.', StringComparison.Ordinal) + 1)..], KnownAs.Attribute)
        || facts.Named(KnownAs.Attribute).Any(key => key.EndsWith("." + words, StringComparison.OrdinalIgnoreCase));

    private bool IsQuotation(string words) => words.Length > 0 && facts.Quotations.Any(quotation => IsIn(words, quotation.Text));

    private bool IsKnownNumber(Match found, string sentence, IReadOnlyList<string> about, IReadOnlyList<string> subject)
    {
        var said = found.Value.Trim();
        if (IsVersion(said) && VersionWord().IsMatch(sentence[..found.Index])) return true;
        if (SaidNumber.Of(said) is not { } number) return false;
        if (number.Value == 0 && (number.Unit == FactUnit.Ratio || Failing().IsMatch(sentence[(found.Index + found.Length)..])) && !AllClears.IsOfBefore(sentence)
            && AllClears.ShowsNone(subject, facts) is { } none)
            return none;
        if (facts.Shows(number, about)) return true;
        // Elsewhere "1.234" is a thousand and "1,234" a little more than one.
        var turned = said.Replace(',', ';').Replace('.', ',').Replace(';', '.');
        return turned != said && !Languages.Of(sentence).IsEnglish && SaidNumber.Of(turned) is { } other && facts.Shows(other, about);
    }

    private bool IsVersion(string words) => facts.IsNamed(words, KnownAs.Version) || facts.IsNamed(words.TrimStart('v', 'V'), KnownAs.Version) || facts.IsNamed("v" + words, KnownAs.Version) || IsAsked(words);

    // A trace's first digits name it too, where there are enough of them. What is no trace may be the version of a build.
    private bool IsKnownId(string id, string before)
    {
        var digits = id.TrimEnd('…', '.');
        if (IsAsked(digits) || facts.Named(KnownAs.Id).Any(known => known.StartsWith(digits, StringComparison.OrdinalIgnoreCase))) return true;
        return digits.Length is not (16 or 32) && !OfTrace().IsMatch(before) && facts.IsNamed(digits, KnownAs.Version);
    }

    private bool IsKnownTime(string time)
    {
        if (IsAsked(time)) return true;
        var clock = time.Replace('h', ':').Replace('.', ':');
        var isHour = !clock.Contains(':', StringComparison.Ordinal) && !clock.Contains('-', StringComparison.Ordinal);
        return facts.Named(KnownAs.Time).SelectMany(known => known.Trim('[', ')').Split(", ")).Where(known => known.Length > 18).Any(known => isHour
            ? int.Parse(known.AsSpan(11, 2), CultureInfo.InvariantCulture) % 12 == int.Parse(clock, CultureInfo.InvariantCulture) % 12
            : known.StartsWith(time, StringComparison.Ordinal) || known[11..].StartsWith(clock, StringComparison.Ordinal) || known[11..].StartsWith("0" + clock, StringComparison.Ordinal)
                || (time.EndsWith('Z') && known.StartsWith(time.TrimEnd('Z'), StringComparison.Ordinal)));
    }

    private Standing Person(string words)
    {
        var named = words.Split(' ').Select(word => word.Trim('.', ',', '\'', '’')).SkipWhile(Languages.IsPlain).Reverse().SkipWhile(Languages.IsPlain).Reverse().ToList();
        if (named.Count == 0) return Standing.Plain;
        bool IsOne(IEnumerable<string> some) => string.Join(' ', some) is var name && (IsPersonOrTeam(name) || services.Contains(name, StringComparer.OrdinalIgnoreCase));
        return Shown(Enumerable.Range(1, named.Count).Any(count => IsOne(named.Take(count)) || IsOne(named.TakeLast(count))));
    }

    // By the whole name or by a part of a person's.
    private bool IsPersonOrTeam(string words) => facts.IsNamed(words, KnownAs.Person, KnownAs.Team, KnownAs.Document) || IsAsked(words)
        || facts.Named(KnownAs.Person).Any(name => name.Split(' ').Contains(words, StringComparer.OrdinalIgnoreCase));

    private bool IsAsked(string words) => IsIn(words.Trim(), question);

    // In whole words: "web" was not said by "cobweb".
    private static bool IsIn(string words, string text) => words.Length > 0
        && Regex.IsMatch(text, $@"(?<![\w-]){Regex.Escape(words)}(?![\w-])", RegexOptions.IgnoreCase, TimeSpan.FromMilliseconds(200));

    private static string Last(string key) => key[(key.LastIndexOf('.') + 1)..];

    [GeneratedRegex("^[0-9a-f]{7,32}…?$", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex HexOnly();

    [GeneratedRegex(@"\b(?:trace|span)(?:[ -]?id)?s?[:\s`]*$", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex OfTrace();

    [GeneratedRegex(@"\b(?:versions?|versión|releases?|deploy(?:ment|ed)?(?:\s\w+)?|build|to|from|and|auf|von|à|a)\s*$", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex VersionWord();

    [GeneratedRegex(@"^\s*(?:\w+\s)?(?:errors?|fail\w*|of|fehler\w*|erreurs?|échecs?|errores|fallos?)\b", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Failing();

    [GeneratedRegex(@"\brun ?books?\b", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Runbook();
}
