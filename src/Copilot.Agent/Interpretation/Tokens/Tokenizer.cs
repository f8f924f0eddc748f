using System.Globalization;
using System.Text.RegularExpressions;

namespace Copilot.Agent.Interpretation.Tokens;

/// <summary>Cuts a cleaned question into typed atoms.</summary>
internal static class Tokenizer
{
    /// <summary>A question has at most 2,000 characters; what has more atoms than this is no question.</summary>
    public const int MostTokens = 700;

    public static IReadOnlyList<Token> Tokenize(string text)
    {
        var tokens = new List<Token>();
        var end = -1;
        var group = 0;
        foreach (Match match in TokenPatterns.Any().Matches(text))
        {
            if (tokens.Count >= MostTokens)
                break;
            var glue = GlueBetween(text, tokens, end, match.Index);
            if (glue != '\0' && tokens[^1].Kind == TokenKind.Symbol)
                tokens.RemoveAt(tokens.Count - 1);
            var part = glue == '\0' ? ++group : tokens[^1].Group;
            foreach (var token in Make(match, glue, part))
                tokens.Add(token);
            end = match.Index + match.Length;
        }

        return tokens;
    }

    // A symbol between two atoms without any space makes them one name: "a-b", "a.b", "a_b", "a/b".
    private static char GlueBetween(string text, List<Token> tokens, int end, int start)
    {
        if (start == 0 || tokens.Count == 0)
            return '\0';
        if (start == end)
        {
            var last = tokens[^1];
            if (last.Kind != TokenKind.Symbol || last.Text.Length != 1 || tokens.Count < 2 || start < 2)
                return '\0';
            return last.Text[0] is '-' or '.' or '/' or ':' && IsNamePart(text[start - 2]) && IsNamePart(text[start]) &&
                tokens[^2].Kind == TokenKind.Word ? last.Text[0] : '\0';
        }

        // The underscore is no symbol of its own.
        return start == end + 1 && text[end] == '_' && IsNamePart(text[start]) && tokens[^1].Kind == TokenKind.Word ? '_' : '\0';
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c);

    private static IEnumerable<Token> Make(Match match, char glue, int group)
    {
        var text = match.Value;
        if (match.Groups["word"].Success)
            return Words(text, glue, group);
        return [One(match, text) with { Glue = glue, Group = group }];
    }

    private static IEnumerable<Token> Words(string text, char glue, int group)
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
            glue = Token.CamelGlue;
        }
    }

    private static Token Word(string text, char glue, int group)
    {
        var lower = text.ToLowerInvariant();
        return new Token { Kind = TokenKind.Word, Text = text, Lower = lower, Stem = WordStem.Of(lower), Glue = glue, Group = group };
    }

    private static Token One(Match match, string text)
    {
        if (match.Groups["quoted"].Success)
            return Quoted(text[1..^1].Trim());
        if (match.Groups["iso"].Success)
            return TimeTokens.Iso(text, match.Groups["offset"]);
        if (match.Groups["date"].Success)
            return TimeTokens.Date(text);
        if (match.Groups["trace"].Success)
            return Plain(TokenKind.TraceId, (text.Length > 32 && text[2] == '-' ? text.Substring(3, 32) : text[..32]).ToLowerInvariant());
        if (match.Groups["span"].Success)
            return Plain(TokenKind.SpanId, text);
        if (match.Groups["url"].Success)
            return Url(text);
        if (match.Groups["clock"].Success || match.Groups["hour"].Success)
            return TimeTokens.Clock(text, match.Groups["half"], match.Groups["zulu"].Success);
        if (match.Groups["duration"].Success)
            return TimeTokens.Duration(text, Number(match.Groups["amount"].Value), match.Groups["unit"].Value.ToLowerInvariant());
        if (match.Groups["percent"].Success)
            return Plain(TokenKind.Percent, text) with { Value = Number(match.Groups["amount"].Value) };
        if (match.Groups["version"].Success)
            return Plain(TokenKind.Version, text);
        if (match.Groups["number"].Success)
            return Plain(TokenKind.Number, text) with { Value = Number(text) };
        if (match.Groups["path"].Success)
            return Plain(TokenKind.Path, text.Length > 1 ? text.TrimEnd('.', ':', '-') : text);
        if (match.Groups["short"].Success)
            return Plain(TokenKind.Word, text.Length > 2 ? "without" : "with");
        return Plain(TokenKind.Symbol, text);
    }

    // An id stays an id in whatever marks it is pasted.
    private static Token Quoted(string inner) => TokenPatterns.Any().Match(inner) is { Success: true } match && match.Length == inner.Length && match.Groups["trace"].Success
        ? One(match, inner) : Plain(TokenKind.Quoted, inner);

    private static Token Plain(TokenKind kind, string text)
    {
        var lower = text.ToLowerInvariant();
        return new Token { Kind = kind, Text = text, Lower = lower, Stem = lower };
    }

    // Of a link only what it points at counts: the trace, or the path.
    private static Token Url(string text)
    {
        var id = TokenPatterns.Any().Matches(text[(text.IndexOf("//", StringComparison.Ordinal) + 2)..])
            .FirstOrDefault(m => m.Groups["trace"].Success);
        if (id is not null)
            return Plain(TokenKind.TraceId, id.Value[..32].ToLowerInvariant());
        var path = Uri.TryCreate(text.TrimEnd('.', ',', ')'), UriKind.Absolute, out var uri) ? uri.AbsolutePath : "/";
        return Plain(TokenKind.Path, path);
    }

    private static double Number(string text) =>
        double.Parse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture);
}
