using Copilot.Language.Lexicon;
using Copilot.Language.Sentences;

namespace Copilot.Language.Asks;

/// <summary>What an ask looks like, whatever it is about.</summary>
internal static partial class Several
{
    // Nothing that asks for names, times or numbers.
    private static bool IsYesOrNo(Sentence whole, AskClause ask) =>
        whole.Tokens[ask.End - 1].IsSymbol("?")
        && !whole.MayMeanIn(
            ask.Start,
            ask.End,
            Concept.Which,
            Concept.Who,
            Concept.Why,
            Concept.Where,
            Concept.When,
            Concept.Count,
            Concept.Share,
            Concept.HowLong,
            Concept.Show
        )
        && !whole
            .MarksIn(ask.Start, ask.End)
            .Any(m => m.Senses.Contains(Concept.What) && !m.Senses.Contains(Concept.Be) || m.Senses.Any(AskConcepts.Measures.Contains));

    private static bool IsBareCount(Sentence whole, AskClause ask) =>
        whole.MarksIn(ask.Start, ask.End).Any(m => m.Concept == Concept.Count)
        && Enumerable
            .Range(ask.Start, ask.End - ask.Start)
            .All(i =>
                whole.Tokens[i].Kind == Tokens.WordTokenKind.Symbol
                || whole.MeansAt(i, Concept.Show, Concept.Count, Concept.Article, Concept.Modal, Concept.Person)
            );
}
