using System.Globalization;
using System.Text.RegularExpressions;

namespace Copilot.Language.Tokens;

/// <summary>Cuts a cleaned question into typed atoms.</summary>
internal static class Tokenizer
{
    /// <summary>A question has at most 2,000 characters; what has more atoms than this is no question.</summary>
    public const int MostTokens = 700;

    public static IReadOnlyList<WordToken> Tokenize(string text)
    {
        var wordTokens = new List<WordToken>();
        var end = -1;
        var group = 0;
        foreach (Match match in TokenPatterns.Any().Matches(text))
        {
            if (wordTokens.Count >= MostTokens)
                break;
            var glue = GlueBetween(text, wordTokens, end, match.Index);
            if (glue != '\0' && wordTokens[^1].Kind == WordTokenKind.Symbol)
                wordTokens.RemoveAt(wordTokens.Count - 1);
            var part = glue == '\0' ? ++group : wordTokens[^1].Group;
            foreach (var wordToken in Make(match, glue, part))
                wordTokens.Add(wordToken);
            end = match.Index + match.Length;
        }

        return wordTokens;
    }

    // A symbol between two atoms without any space makes them one name: "a-b", "a.b", "a_b", "a/b".
    private static char GlueBetween(string text, List<WordToken> wordTokens, int end, int start)
    {
        if (start == 0 || wordTokens.Count == 0)
            return '\0';
        if (start == end)
        {
            var last = wordTokens[^1];
            if (last.Kind != WordTokenKind.Symbol || last.Text.Length != 1 || wordTokens.Count < 2 || start < 2)
                return '\0';
            return
                last.Text[0] is '-' or '.' or '/' or ':'
                && IsNamePart(text[start - 2])
                && IsNamePart(text[start])
                && wordTokens[^2].Kind == WordTokenKind.Word
                ? last.Text[0]
                : '\0';
        }

        // The underscore is no symbol of its own.
        return start == end + 1 && text[end] == '_' && IsNamePart(text[start]) && wordTokens[^1].Kind == WordTokenKind.Word ? '_' : '\0';
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c);

    private static IEnumerable<WordToken> Make(Match match, char glue, int group)
    {
        var text = match.Value;
        if (match.Groups["word"].Success)
            return Words(text, glue, group);
        return [One(match, text) with { Glue = glue, Group = group }];
    }

    private static IEnumerable<WordToken> Words(string text, char glue, int group)
    {
        if (text.EndsWith("'s", StringComparison.Ordinal))
            text = text[..^2];
        if (text.Length < 6 || text.Skip(1).All(c => !char.IsUpper(c)) || text.All(c => !char.IsLower(c)))
        {
            yield return Word(text, glue, group);
            yield break;
        }

        foreach (var part in TokenPatterns.CamelBorder().Split(text))
        {
            yield return Word(part, glue, group);
            glue = WordToken.CamelGlue;
        }
    }

    private static WordToken Word(string text, char glue, int group)
    {
        var lower = text.ToLowerInvariant();
        return new WordToken
        {
            Kind = WordTokenKind.Word,
            Text = text,
            Lower = lower,
            Stem = WordStem.Of(lower),
            Glue = glue,
            Group = group,
        };
    }

    private static WordToken One(Match match, string text)
    {
        if (match.Groups["quoted"].Success)
            return Quoted(text[1..^1].Trim());
        if (match.Groups["iso"].Success)
            return TimeTokens.Iso(text, match.Groups["offset"]);
        if (match.Groups["date"].Success)
            return TimeTokens.Date(text);
        if (match.Groups["trace"].Success)
            return Plain(
                WordTokenKind.TraceId,
                (text.Length > 32 && text[2] == '-' ? text.Substring(3, 32) : text[..32]).ToLowerInvariant()
            );
        if (match.Groups["span"].Success)
            return Plain(WordTokenKind.SpanId, text);
        if (match.Groups["url"].Success)
            return Url(text);
        if (match.Groups["clock"].Success || match.Groups["hour"].Success)
            return TimeTokens.Clock(text, match.Groups["half"], match.Groups["zulu"].Success);
        if (match.Groups["duration"].Success)
            return TimeTokens.Duration(text, Number(match.Groups["amount"].Value), match.Groups["unit"].Value.ToLowerInvariant());
        if (match.Groups["percent"].Success)
            return Plain(WordTokenKind.Percent, text) with { Value = Number(match.Groups["amount"].Value) };
        if (match.Groups["version"].Success)
            return Plain(WordTokenKind.Version, text);
        if (match.Groups["number"].Success)
        {
            var number = text.Replace(",", "", StringComparison.Ordinal);
            return Plain(WordTokenKind.Number, number) with { Value = Number(number) };
        }

        if (match.Groups["path"].Success)
            return Plain(WordTokenKind.Path, text.Length > 1 ? text.TrimEnd('.', ':', '-') : text);
        if (match.Groups["short"].Success)
            return Plain(
                WordTokenKind.Word,
                text.Length == 2 ? "with"
                    : text[0] is 'b' or 'B' ? "between"
                    : "without"
            );
        return Plain(WordTokenKind.Symbol, text);
    }

    // An id stays an id in whatever marks it is pasted.
    private static WordToken Quoted(string inner) =>
        TokenPatterns.Any().Match(inner) is { Success: true } match && match.Length == inner.Length && match.Groups["trace"].Success
            ? One(match, inner)
            : Plain(WordTokenKind.Quoted, inner);

    private static WordToken Plain(WordTokenKind kind, string text)
    {
        var lower = text.ToLowerInvariant();
        return new WordToken
        {
            Kind = kind,
            Text = text,
            Lower = lower,
            Stem = lower,
        };
    }

    // Of a link only what it points at counts: the trace, or the path.
    private static WordToken Url(string text)
    {
        var id = TokenPatterns
            .Any()
            .Matches(text[(text.IndexOf("//", StringComparison.Ordinal) + 2)..])
            .FirstOrDefault(m => m.Groups["trace"].Success);
        if (id is not null)
            return Plain(WordTokenKind.TraceId, id.Value[..32].ToLowerInvariant());
        var path = Uri.TryCreate(text.TrimEnd('.', ',', ')'), UriKind.Absolute, out var uri) ? uri.AbsolutePath : "/";
        return Plain(WordTokenKind.Path, path);
    }

    private static double Number(string text) => double.Parse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>What a question is cut into. Every alternative is bounded, so the scan is linear in the text.</summary>
internal static partial class TokenPatterns
{
    // A number inside a name ("eu-central-1") is a part of the name.
    private const string NotInName = @"(?<![\p{L}_]\p{N}{0,9}[-_.])";

    private const string Unit =
        @"ns|us|µs|μs|ms|msecs?|millis|milliseconds?|millisekunden?|millisecondes?|milisegundos?|secs?|seconds?|sekunden?|secondes?|segundos?|sek|mins?|minutes?|minuten?|minutos?|hrs?|hours?|stunden?|heures?|horas?|std|days?|tage?n?|jours?|días?|dias?|weeks?|wochen?|semaines?|semanas?";

    [GeneratedRegex(
        """(?<quoted>"[^"\n]{1,300}"|`[^`\n]{1,300}`|(?<![\p{L}\p{N}])'[^'\n]{2,300}'(?![\p{L}\p{N}]))"""
            // "2026-11-24 13:33-13:37" is a range, no time thirteen hours behind.
            + @"|(?<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?|[ ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(?:\s?(?<offset>Z|z|UTC|[+-]\d{2}:?\d{2})(?!\d))?)"
            + @"|(?<iso>(?<!\d)\d{4}-\d{2}-\d{2}[ ]\d{2}:\d{2}(?:\s?(?<offset>Z|z|UTC|\+\d{2}:?\d{2})(?!\d))?)"
            + @"|(?<date>(?<![\w.-])(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?![\w-]))"
            + @"|(?<trace>(?<![0-9a-zA-Z])(?:00-)?[0-9a-fA-F]{32}(?:-[0-9a-f]{16}-[0-9a-f]{2})?(?![0-9a-zA-Z]))"
            + @"|(?<span>(?<![0-9a-zA-Z-])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{16}(?![0-9a-zA-Z-]))"
            + @"|(?<url>https?://[^\s""'<>|]{1,500})"
            + @"|(?<clock>(?<![\d:]|\d\.)(?:[01]?\d|2[0-4])[:][0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:\s?(?<half>am|pm|a\.m\.|p\.m\.)(?!\w)|(?<zulu>Z)(?!\w)|h(?!\w))?(?!\d|:\d))"
            + @"|(?<hour>"
            + NotInName
            + @"(?<![\d:.])(?:1[0-2]|0?\d)\s?(?<half>am|pm|a\.m\.|p\.m\.)(?!\w))"
            + @"|(?<duration>"
            + NotInName
            + @"(?<![\d:.])(?<amount>\d{1,9}(?:[.,]\d{1,6})?)(?:[\s-]?(?<unit>"
            + Unit
            + @")|\s?(?<unit>[smhd]))(?![\w%]))"
            + @"|(?<percent>"
            + NotInName
            + @"(?<amount>\d{1,9}(?:[.,]\d{1,6})?)\s?(?:%|percent\b|prozent\b))"
            + @"|(?<version>"
            + NotInName
            + @"(?<![\d:])(?:v\d{1,9}(?:\.\d{1,9}){0,3}|\d{1,9}(?:\.\d{1,9}){2,3})(?:[-+][0-9A-Za-z][0-9A-Za-z.]{0,40})?(?![\w]))"
            + @"|(?<number>"
            + NotInName
            // "5,000": written in thousands; "401,403" are two.
            + @"(?<amount>(?:(?:\d{1,2}(?:,\d{3}){1,4}|\d{3}(?:,\d{3}){0,3},000)(?!,?\d)|\d{1,15})(?:\.\d{1,9})?)(?![\w]|[-.:/]\w))"
            + @"|(?<path>(?<![\p{L}\p{N}_./<:-])/[\p{L}\p{N}_\-./:{}*$~+%@]{0,300})"
            + @"|(?<short>(?<!\w)(?:[wW]/o?|[bB]/[wW])(?=\s|$))"
            + @"|(?<word>[\p{L}\p{N}]{1,100}(?:'[\p{L}]{1,6}(?!\p{L}))?)"
            + @"|(?<symbol>->|=>|>=|<=|!=|==|=~|\.{2,3}|[<>=+&,;:?!()\[\]{}%~|/\-*#@.\n])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    public static partial Regex Any();

    [GeneratedRegex(@"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})")]
    public static partial Regex CamelBorder();
}
