using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Times;
using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Interpretation.Sentences;

/// <summary>From text to a sentence: cut, mend, find times, names and concepts.</summary>
internal static class SentenceReader
{
    public static Sentence Read(string question, DateTimeOffset asOf, TimeZoneInfo zone, CatalogueIndex index)
    {
        var tokens = Loosened(Spelling.Mend(SpokenTimes.Join(SpokenClocks.Join(Tokenizer.Tokenize(MessageText.Clean(question)), asOf, zone), asOf), index), index);
        var times = new TimeReader(tokens, asOf, zone).Read().Where(t => !IsRangeOfValues(tokens, t, index)).ToList();
        var timed = new bool[tokens.Count];
        foreach (var time in times)
        {
            for (var i = time.Start; i < time.End; i++)
                timed[i] = true;
        }

        var concepts = Concepts(tokens, i => !timed[i]);
        var links = new Linker(tokens, concepts, i => !timed[i], index).Read();
        var linked = new bool[tokens.Count];
        foreach (var link in links)
        {
            for (var i = link.Start; i < link.End; i++)
                linked[i] = true;
        }

        // "the user service" is one service, not a question about services.
        var nouns = links.Where(l => l.Kind == LinkKind.Service).Select(l => l.End).ToHashSet();
        var left = Concepts(tokens, i => !timed[i] && !linked[i]).Where(c => !(c.Concept == Concept.Service && nouns.Contains(c.Start) && NameParts.IsGeneric(tokens[c.Start].Lower) && tokens[c.Start].Lower != "services")).ToList();
        return new Sentence(tokens, times, links, left, index);
    }

    // "passenger count between 2 and 3" speaks of no hours.
    private static bool IsRangeOfValues(IReadOnlyList<Token> tokens, TimeMention time, CatalogueIndex index) =>
        tokens[time.Start].Lower is "between" or "zwischen" && tokens[time.Start + 1].Kind == TokenKind.Number &&
        Enumerable.Range(1, 3).Any(n => time.Start - n >= 0 && Enumerable.Range(time.Start - n, n).SelectMany(i => NameParts.Of(tokens[i].Lower)).ToList() is var parts &&
            index.Attributes.FindKey(NameParts.Joined(parts), NameParts.Stemmed(parts)) is { } key && key.Targets.Any(t => t.Type is "int" or "double"));

    // "HighErrorRate" and "error_rate" are words of the lexicon written as one; a name of the catalogue stays one.
    private static IReadOnlyList<Token> Loosened(IReadOnlyList<Token> tokens, CatalogueIndex index)
    {
        var loose = tokens.GroupBy(t => t.Group).Where(g => g.Any(t => t.Glue is Token.CamelGlue or '_') && g.All(IsPlain) && IsOneThing([.. g]) && !IsName([.. g], index)).Select(g => g.Key).ToHashSet();
        return loose.Count == 0 ? tokens : [.. tokens.Select(t => loose.Contains(t.Group) && t.Glue is Token.CamelGlue or '_' ? t with { Glue = '-' } : t)];
    }

    private static bool IsPlain(Token token) => token.Kind == TokenKind.Word && (PhraseTable.Standard.Words.Contains(token.Lower) || FillerWords.IsFiller(token.Lower));

    // "error_rate" is a measure; "find_cause" is somebody's identifier.
    private static bool IsOneThing(List<Token> group) => group.All(t => t.Glue != '_') ||
        PhraseTable.Standard.Find([.. group.Select((t, i) => i == 0 ? t : t with { Glue = '-' })], 0, _ => true) is { } phrase && phrase.Length == group.Count;

    private static bool IsName(List<Token> group, CatalogueIndex index)
    {
        var joined = string.Concat(group.Select(t => t.Lower));
        return index.Services.Find(joined) is not null || index.Operations.Find(joined) is not null || index.Attributes.FindValue(joined) is not null || index.Attributes.FindKey(joined, joined) is not null;
    }

    private static List<ConceptMark> Concepts(IReadOnlyList<Token> tokens, Func<int, bool> free)
    {
        var marks = new List<ConceptMark>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!free(i) || tokens[i].Kind == TokenKind.Quoted || InsideName(tokens, i))
                continue;
            if (Special(tokens, i) is { } special)
            {
                marks.Add(new ConceptMark(i, i + 1, special));
            }
            else if (PhraseTable.Standard.Find(tokens, i, free) is { } found)
            {
                marks.Add(new ConceptMark(i, i + found.Length, found.Concept));
                i += found.Length - 1;
            }
        }

        return marks;
    }

    // p95, 99th, p99.9: the number is read later; what is no phrase but a sign or an abbreviation.
    private static Concept? Special(IReadOnlyList<Token> tokens, int i)
    {
        var word = tokens[i].Lower;
        if (tokens[i].IsSymbol("%"))
            return Concept.Share;
        // In capitals only: "er" is a word of many languages.
        if (tokens[i].Text == "ER")
            return Concept.ErrorRate;
        if (tokens[i].Kind != TokenKind.Word || word.Length < 2)
            return null;
        if (word[0] is 'p' or 'q' && word.Length is 3 or 4 && word.Skip(1).All(char.IsDigit))
            return Concept.Percentile;
        return char.IsDigit(word[0]) && word.EndsWith("th", StringComparison.Ordinal) && word[..^2].All(char.IsDigit) ? Concept.Percentile : null;
    }

    private static bool InsideName(IReadOnlyList<Token> tokens, int i) =>
        tokens[i].Glue is '.' or '_' or Token.CamelGlue || i + 1 < tokens.Count && tokens[i + 1].Glue is '.' or '_' or Token.CamelGlue;
}
