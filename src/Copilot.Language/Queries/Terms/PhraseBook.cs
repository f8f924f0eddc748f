using Copilot.Language.Lexicon;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Terms;

/// <summary>The lexicon, found by the first word, longest phrases first.</summary>
internal static class PhraseBook
{
    private static readonly Dictionary<string, List<Phrase>> ByFirst = Read();

    private static readonly HashSet<string> AllWords = [.. ByFirst.Values.SelectMany(p => p).SelectMany(p => p.Words)];

    private static readonly HashSet<FieldExpression> Nouns = [.. ByFirst.Values.SelectMany(p => p).SelectMany(p => p.Fields)];

    public static IReadOnlyList<Phrase> StartingWith(string lower) => ByFirst.TryGetValue(lower, out var found) ? found : [];

    /// <summary>A span without a parent.</summary>
    public static FieldExpression Root => StartingWith("root").First(p => p.Words is ["root"] && p.Condition is not null).Condition!;

    public static bool Knows(string lower) => AllWords.Contains(lower);

    /// <summary>The attributes that go under this noun; empty where it is none.</summary>
    public static IReadOnlyList<FieldExpression> FieldsOf(string noun) =>
        StartingWith(noun).FirstOrDefault(p => p.Kind == TermKind.Field && p.Words.Count == 1)?.Fields ?? [];

    /// <summary>They come from a noun of the lexicon, not from a name that somebody wrote out.</summary>
    public static bool IsNoun(IReadOnlyList<FieldExpression> fields) => Nouns.Contains(fields[0]);

    private static Dictionary<string, List<Phrase>> Read()
    {
        var phrases = new List<Phrase>();
        foreach (
            var line in Lines(WordFiles.Read("query-structure"))
                .Concat(Lines(WordFiles.Read("query-grammar")))
                .Concat(Lines(WordFiles.Read("query-measures")))
        )
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var head = line[..colon].Split(' ');
            phrases.AddRange(
                Alternatives(line[(colon + 2)..])
                    .Select(words => new Phrase(words, Enum.Parse<TermKind>(head[0]), head.Length > 1 ? head[1] : ""))
            );
        }

        foreach (var line in Lines(WordFiles.Read("query-fields")))
        {
            var (words, names) = Halves(line);
            IReadOnlyList<FieldExpression> fields = [.. names.Split(" | ").Select(Reference)];
            phrases.AddRange(Alternatives(words).Select(w => new Phrase(w, TermKind.Field, "") { Fields = fields }));
        }

        foreach (var line in Lines(WordFiles.Read("query-conditions")))
        {
            var (words, text) = Halves(line);
            var condition = Condition(text);
            foreach (var alternative in Alternatives(words))
            {
                var needsNoun = alternative[^1] == "*";
                phrases.Add(
                    new Phrase(needsNoun ? [.. alternative.SkipLast(1)] : alternative, TermKind.Condition, "")
                    {
                        Condition = condition,
                        NeedsNoun = needsNoun,
                    }
                );
            }
        }

        return phrases
            .GroupBy(p => p.Words[0])
            .ToDictionary(g => g.Key, g => g.OrderByDescending(p => p.Words.Count).ToList(), StringComparer.Ordinal);
    }

    private static (string Words, string Meaning) Halves(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        return (line[..colon], line[(colon + 2)..]);
    }

    private static IEnumerable<string[]> Alternatives(string text) =>
        text.Split(" | ", StringSplitOptions.TrimEntries)
            .Where(a => a.Length > 0)
            .Select(a => a.Split(a.Any(char.IsLetter) ? [' ', '-'] : [' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(w => w.Length > 0);

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static FieldExpression Reference(string text) => ((FieldBinary)Condition(text + " != nil")).Left;

    private static FieldExpression Condition(string text) =>
        TraceQlParser.TryParseSyntax($"{{ {text} }}", out var query, out var error) && query.SingleFilter is SpansetFilter filter
            ? filter.Condition
            : throw new InvalidOperationException($"The lexicon says {text}: {error}");
}

/// <summary>Words of the lexicon and what they do.</summary>
internal sealed record Phrase(IReadOnlyList<string> Words, TermKind Kind, string Tag)
{
    public IReadOnlyList<FieldExpression> Fields { get; init; } = [];

    public FieldExpression? Condition { get; init; }

    /// <summary>It says something of a span only beside a noun: "server spans", but "the server service".</summary>
    public bool NeedsNoun { get; init; }
}
