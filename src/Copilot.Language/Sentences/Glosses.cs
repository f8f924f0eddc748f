using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>"The backlog (jobs.queue.depth)", "articles (SKUs)": a name in brackets says what the words before it mean.</summary>
internal static class Glosses
{
    private const int MostWords = 3;

    /// <summary>The words that are explained, each stretch as a mark; links that were only guessed there are taken away.</summary>
    public static IReadOnlyList<ConceptMark> Find(
        IReadOnlyList<WordToken> wordTokens,
        List<Link> links,
        IReadOnlyList<ConceptMark> marks,
        Func<int, bool> free
    )
    {
        var found = new List<ConceptMark>();
        for (var i = 1; i + 1 < wordTokens.Count; i++)
        {
            if (!wordTokens[i].IsSymbol("(") || links.Find(l => l.Start == i + 1) is not { } name)
                continue;
            var start = i;
            // "the quote requests (POST /api/quotes)"
            while (
                start > 0
                && marks.Any(m => m.End == start && m.Senses.Any(c => c is Concept.Request or Concept.Operation or Concept.Service))
            )
                start--;
            var noun = start;
            while (start > 0 && noun - start < MostWords && IsExplained(start - 1, name))
                start--;
            // A word with hyphens is explained as a whole.
            while (start < noun && start > 0 && wordTokens[start].Group == wordTokens[start - 1].Group)
                start--;
            if (start == noun)
                continue;
            links.RemoveAll(l => l.Start >= start && l.End <= noun);
            found.Add(new ConceptMark(start, noun, Concept.Gloss));
        }

        return found;

        bool IsExplained(int at, Link name) =>
            wordTokens[at].Kind == WordTokenKind.Word
            && free(at)
            && !FillerWords.IsFiller(wordTokens[at].Lower)
            && !marks.Any(m => m.Start <= at && at < m.End)
            && (links.Find(l => l.Start <= at && at < l.End) is not { } link || IsGuess(link, name, wordTokens[name.End].IsSymbol(",")));
    }

    // What is written out in brackets is surer than a word that sounds like something.
    private static bool IsGuess(Link link, Link name, bool listed) =>
        link.Kind switch
        {
            LinkKind.Service or LinkKind.Operation => link.Quality < name.Quality - 0.1,
            // "per variant (treatment, control)": its values.
            LinkKind.Key => !(listed && name.Kind == LinkKind.Value && name.Targets.Any(n => link.Targets.Any(t => t.Key == n.Key))),
            LinkKind.Metric => name.Kind == LinkKind.Metric,
            _ => link.Quality < name.Quality && !link.Targets.Any(t => name.Targets.Any(n => n.Key == t.Key)),
        };
}
