using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Interpretation.Sentences;

/// <summary>Mends mistyped words of the lexicon ("latancy"), unless a name of the catalogue is nearer.</summary>
internal static class Spelling
{
    private static readonly (string Word, uint Letters)[] Words =
        [.. PhraseTable.Standard.Words.Where(w => w.Length >= 4 && w.All(char.IsLetter)).Select(w => (w, EditDistance.Letters(w)))];

    public static IReadOnlyList<Token> Mend(IReadOnlyList<Token> tokens, CatalogueIndex index) => [.. tokens.Select((t, i) => Mend(tokens, t, i, index))];

    private static Token Mend(IReadOnlyList<Token> tokens, Token token, int i, CatalogueIndex index)
    {
        if (token.Kind != TokenKind.Word || token.Lower.Length < 4 || !token.Lower.All(char.IsLetter) || token.Glue is '.' or '_' or Token.CamelGlue ||
            i + 1 < tokens.Count && tokens[i + 1].Glue is '.' or '_' or Token.CamelGlue || token.Text.Skip(1).Any(char.IsUpper) ||
            PhraseTable.Standard.Words.Contains(token.Lower) || FillerWords.IsOrdinary(token.Lower) || ActionWords.IsAction(token.Lower) || TimeTokens.NanosOf(token.Lower) > 0 || IsName(token, index) ||
            IsPartOfName(tokens, i, index))
        {
            return token;
        }

        // Two slips turn too many words of everyday language into others: "reboot", "report".
        var allowed = token.Lower.Length < 8 ? 1 : 2;
        var near = Nearest(token.Lower, allowed);
        if (near is null)
            return token;
        var (word, distance) = near.Value;
        if (index.Services.FindNear(token.Lower) is { } name && name.Distance <= distance)
            return token;
        return token with { Lower = word, Stem = WordStem.Of(word) };
    }

    private static bool IsName(Token token, CatalogueIndex index) =>
        index.Services.Find(token.Lower) is not null || index.ServiceStems.Find(token.Stem) is not null || (index.Attributes.FindValue(token.Lower) ?? index.Attributes.FindValue(token.Stem)) is not null ||
        index.Attributes.FindKey(token.Lower, token.Stem) is not null || index.Teams.Find(token.Lower) is not null || index.People.Find(token.Lower) is not null || index.Operations.ByNoun(token.Stem).Count > 0;

    // "core-banking": what is joined to a name is no slip.
    private static bool IsPartOfName(IReadOnlyList<Token> tokens, int i, CatalogueIndex index)
    {
        var group = tokens[i].Group;
        var joined = string.Concat(tokens.Where(t => t.Group == group).Select(t => t.Lower));
        return joined.Length > tokens[i].Lower.Length &&
            (index.Services.Find(joined) is not null || index.Teams.Find(joined) is not null || index.People.Find(joined) is not null || index.Attributes.FindValue(joined) is not null);
    }

    private static (string Word, int Distance)? Nearest(string lower, int allowed)
    {
        var letters = EditDistance.Letters(lower);
        (string, int)? best = null;
        foreach (var (word, set) in Words)
        {
            if (word[0] != lower[0] || System.Numerics.BitOperations.PopCount(set ^ letters) > 2 * allowed || word.Length < 5 && word.Length != lower.Length ||
                lower.Length < 6 && (word.Length == lower.Length ? set != letters : word[^1] != lower[^1]))
                continue;
            var limit = best is { } b ? b.Item2 - 1 : allowed;
            if (limit < 1)
                break;
            if (EditDistance.Between(lower, word, limit) is var distance && distance <= limit && distance > 0)
                best = (word, distance);
        }

        return best;
    }
}
