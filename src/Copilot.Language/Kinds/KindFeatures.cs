using Copilot.Language.Lexicon;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Kinds;

/// <summary>What the kind of an ask is told by: its words with names, values and times masked, in ones and twos, and the concepts that they may
/// mean. Names of one system never get in.</summary>
internal static class KindFeatures
{
    private const string Time = "<time>";

    private static readonly string[] Masks = ["<service>", "<operation>", "<key>", "<value>", "<team>", "<person>", "<metric>"];

    /// <summary>The words of a question with what they name put aside; the same text as the corpus has.</summary>
    public static IReadOnlyList<string> Masked(Sentence s) => Masked(s, 0, s.Tokens.Count);

    /// <summary>Those of a stretch of it.</summary>
    public static IReadOnlyList<string> Masked(Sentence s, int start, int end) => [.. Units(s, start, end).Select(u => u.Word)];

    /// <summary>The same with the tokens at which they begin.</summary>
    public static IReadOnlyList<(string Word, int At)> Units(Sentence s, int start, int end)
    {
        var masked = new List<(string, int)>();
        for (var i = start; i < end; )
        {
            var token = s.Tokens[i];
            if (s.TimeAt(i) is { } time)
            {
                masked.Add((Time, i));
                i = Math.Max(i + 1, time.End);
                continue;
            }

            if (s.LinkAt(i) is { } link)
            {
                masked.Add((Masks[(int)link.Kind], i));
                i = Math.Max(i + 1, link.End);
                continue;
            }

            masked.Add(
                (
                    token.Kind switch
                    {
                        WordTokenKind.Word => token.Lower,
                        WordTokenKind.Symbol => token.Text == "\n" ? "." : token.Text,
                        var kind => $"<{kind.ToString().ToLowerInvariant()}>",
                    },
                    i
                )
            );
            i++;
        }

        return masked;
    }

    public static IReadOnlyCollection<string> Of(IReadOnlyList<string> masked)
    {
        var tokens = masked.Select(Token).ToList();
        var features = new HashSet<string>(StringComparer.Ordinal) { "always" };
        var stems = tokens.ConvertAll(t => t.Stem);
        for (var i = 0; i < stems.Count; i++)
        {
            features.Add($"1 {stems[i]}");
            if (i + 1 < stems.Count)
                features.Add($"2 {stems[i]} {stems[i + 1]}");
            if (i + 2 < stems.Count)
                features.Add($"3 {stems[i]} {stems[i + 2]}");
        }

        if (stems.Count > 0)
            features.Add($"first {stems[0]}");
        if (stems.Count > 1)
            features.Add($"first {stems[0]} {stems[1]}");
        AddConcepts(tokens, features);
        foreach (var group in masked.Where(m => m.Length > 2 && m[0] == '<').GroupBy(m => m, StringComparer.Ordinal))
            features.Add($"names {group.Key} {Math.Min(2, group.Count())}");
        return features;
    }

    private static void AddConcepts(List<WordToken> tokens, HashSet<string> features)
    {
        Concept? before = null;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (PhraseTable.Asking.FindAll(tokens, i, j => tokens[j].Kind == WordTokenKind.Word) is not { } found)
                continue;
            foreach (var concept in found.Concepts)
                features.Add($"means {concept}");
            if (before is { } last)
                features.Add($"means {last} {found.Concepts[0]}");
            before = found.Concepts[0];
            i += found.Length - 1;
            if (i + 1 < tokens.Count && tokens[i + 1].Kind == WordTokenKind.Quoted)
                features.Add($"means {before} {tokens[i + 1].Text}");
        }
    }

    /// <summary>A masked word as the lexicon looks it up.</summary>
    public static WordToken Token(string masked) =>
        masked.Length > 2 && masked[0] == '<'
            ? new WordToken
            {
                Kind = WordTokenKind.Quoted,
                Text = masked,
                Lower = masked,
                Stem = masked,
            }
            : new WordToken
            {
                Kind = char.IsLetterOrDigit(masked[0]) ? WordTokenKind.Word : WordTokenKind.Symbol,
                Text = masked,
                Lower = masked,
                Stem = WordStem.Of(masked),
            };
}
