using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Sentences;
using Copilot.Agent.Interpretation.Times;
using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Interpretation.Traceql.Terms;

/// <summary>A sentence as it was written: names keep their spelling, and nothing is mended towards the lexicon of questions.</summary>
internal static class WrittenWords
{
    public static Sentence Read(string words, DateTimeOffset asOf, TimeZoneInfo zone, CatalogueIndex index)
    {
        var tokens = Joined(Tokenizer.Tokenize(MessageText.Clean(words)));
        var times = new TimeReader(tokens, asOf, zone).Read();
        bool IsFree(int i) => !times.Any(t => t.Start <= i && i < t.End);
        return new Sentence(tokens, times, new Linker(tokens, [], IsFree, index).Read(), [], index);
    }

    // "PostgreSQL" is one word here.
    private static List<Token> Joined(IReadOnlyList<Token> tokens)
    {
        var joined = new List<Token>();
        foreach (var token in tokens)
        {
            if (token.Glue == Token.CamelGlue && joined.Count > 0)
                joined[^1] = joined[^1] with { Text = joined[^1].Text + token.Text, Lower = joined[^1].Lower + token.Lower, Stem = joined[^1].Lower + token.Stem };
            else
                joined.Add(token);
        }

        return joined;
    }
}
