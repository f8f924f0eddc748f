using Copilot.Agent.Interpretation.Lexicon.Phrases;
using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Interpretation.Lexicon;

/// <summary>All phrases of the lexicon, looked up longest first.</summary>
internal sealed class PhraseTable
{
    private readonly Node root = new();
    private readonly HashSet<string> words = new(StringComparer.Ordinal);

    public static PhraseTable Standard { get; } = Build(
        MeasurePhrases.Text, StatePhrases.Text, SubjectPhrases.Text, QuestionPhrases.Text, RelationPhrases.Text, ContactPhrases.Text, ChangePhrases.Text,
        GroupingPhrases.Text, ConditionPhrases.Text, RefusedPhrases.Text);

    /// <summary>All single words that occur in phrases: what is not to be taken for a mistyped name.</summary>
    public IReadOnlySet<string> Words => words;

    /// <summary>The longest phrase that starts at a token: its concept and how many tokens it takes.</summary>
    public (Concept Concept, int Length)? Find(IReadOnlyList<Token> tokens, int start, Func<int, bool> free)
    {
        (Concept, int)? best = null;
        var node = root;
        for (var i = start; i < tokens.Count && free(i); i++)
        {
            var token = tokens[i];
            if (i > start && token.Glue is not ('\0' or '-' or '/') && !(token.Glue == Token.CamelGlue))
                break;
            if (!node.Next.TryGetValue(token.Lower, out var next))
                break;
            node = next;
            if (node.Concept is { } concept && EndsWhole(tokens, i))
                best = (concept, i - start + 1);
        }

        return best;
    }

    // "error.rate" and "IndexError" are names; their parts mean nothing by themselves.
    private static bool EndsWhole(IReadOnlyList<Token> tokens, int last) =>
        last + 1 >= tokens.Count || tokens[last + 1].Glue is '\0' or '-' or '/' or ':';

    private static PhraseTable Build(params string[] texts)
    {
        var table = new PhraseTable();
        foreach (var line in texts.SelectMany(t => t.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var concept = Enum.Parse<Concept>(line[..colon]);
            foreach (var phrase in line[(colon + 1)..].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                table.Add(phrase, concept);
        }

        return table;
    }

    private void Add(string phrase, Concept concept)
    {
        var node = root;
        foreach (var word in phrase.Split(' '))
        {
            words.Add(word);
            if (!node.Next.TryGetValue(word, out var next))
                node.Next[word] = next = new Node();
            node = next;
        }

        node.Concept ??= concept;
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Next { get; } = new(StringComparer.Ordinal);

        public Concept? Concept { get; set; }
    }
}
