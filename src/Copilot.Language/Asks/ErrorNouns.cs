using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>"Exceptions", "error messages": nouns that ask for what was thrown.</summary>
internal static class ErrorNouns
{
    private static readonly Concept[] Leading =
    [
        Concept.Show,
        Concept.What,
        Concept.Which,
        Concept.Every,
        Concept.Article,
        Concept.Preposition,
        Concept.Joint,
        Concept.Modal,
        Concept.Person,
        Concept.Exist,
        Concept.Top,
        Concept.Most,
    ];

    /// <summary>"Exceptions thrown by X, grouped by type": the noun that all the rest of a clause is said of.</summary>
    public static bool Heads(Sentence s, int start, int end)
    {
        var at = start;
        while (at < end && !IsOne(s, at))
            at++;
        if (at == end || at > start && s.MeansAt(at - 1, Concept.Preposition) || s.MayMeanIn(start, end, OfNumbers))
            return false;
        for (var i = start; i < at; i++)
        {
            if (
                s.TimeAt(i) is null
                && s.LinkAt(i) is not { Kind: LinkKind.Service or LinkKind.Operation }
                && s.Tokens[i].Kind != WordTokenKind.Symbol
                && !FillerWords.IsFiller(s.Tokens[i].Lower)
                && !s.MeansAt(i, Leading)
            )
                return false;
        }

        return s.MarksOf(Concept.By, Concept.BreakDown, Concept.Every)
            .All(m => s.LinkAt(m.End) is not { Kind: LinkKind.Key } key || IsOfErrors(key));
    }

    /// <summary>"That exception": the one that was named or quoted before.</summary>
    public static bool IsPointed(Sentence s, int start, int end) =>
        Enumerable.Range(start, end - start).Any(i => i > start && IsOne(s, i) && s.MeansAt(i - 1, Concept.Pronoun));

    private static readonly Concept[] OfNumbers =
    [
        Concept.Percentile,
        Concept.ErrorRate,
        Concept.Median,
        Concept.Throughput,
        Concept.Share,
        Concept.Compare,
    ];

    private static bool IsOne(Sentence s, int i) =>
        s.LinkAt(i) is { } key && key.Start == i && IsOfErrors(key)
        || s.MarkAt(i) is { Concept: Concept.ErrorText } mark && mark.Start == i;

    private static bool IsOfErrors(Link link) => link.Kind == LinkKind.Key && link.Targets.All(t => IsOfErrors(t.Key));

    /// <summary>An attribute that tells what was thrown.</summary>
    public static bool IsOfErrors(string? key) => key == "error.type" || key?.StartsWith("exception.", StringComparison.Ordinal) == true;
}
