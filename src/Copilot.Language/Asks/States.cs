using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>Whether things failed, succeeded, were slow; and whether that is denied.</summary>
internal static class States
{
    private static readonly Concept[] Between = [Concept.Be, Concept.Do, Concept.Article, Concept.Every, Concept.Request];

    /// <summary>"did not fail", "never 5xx", "without errors".</summary>
    public static bool IsNegated(Sentence s, ConceptMark mark) => NegationOf(s, mark) is not null;

    public static void Use(Sentence s, ConceptMark mark)
    {
        s.Use(mark);
        s.Use(NegationOf(s, mark));
    }

    private static ConceptMark? NegationOf(Sentence s, ConceptMark mark)
    {
        // "failures excluded"
        if (s.MarkAt(mark.End) is { } behind && behind.Senses.Contains(Concept.LeftOut) && WordStem.IsPlural(s.Tokens[mark.End - 1].Lower))
            return behind;
        for (var i = mark.Start - 1; i >= Math.Max(0, mark.Start - 4); i--)
        {
            if (s.MeansAt(i, Concept.Negation, Concept.Without))
                return s.MarkAt(i);
            if (s.MarkAt(i) is { } between && between.Senses.Any(Between.Contains) || FillerWords.IsFiller(s.Tokens[i].Lower))
                continue;
            return LeftOutBehind(s, mark);
        }

        return LeftOutBehind(s, mark);
    }

    // "failures excluded", "failed ones are left out"
    private static ConceptMark? LeftOutBehind(Sentence s, ConceptMark mark)
    {
        var at = mark.End;
        while (s.MeansAt(at, Concept.Be, Concept.Request, Concept.Trace) || s.WordAt(at) is { } word && FillerWords.IsFiller(word))
            at++;
        return s.MeansAt(at, Concept.LeftOut) ? s.MarkAt(at) : null;
    }
}
