using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;

namespace Copilot.Language.Linking;

/// <summary>What stands around words that may be a name.</summary>
internal sealed class LinkContext(IReadOnlyList<WordToken> wordTokens, IReadOnlyList<ConceptMark> concepts)
{
    private static readonly HashSet<string> Prepositions = new(StringComparer.Ordinal)
    {
        "of",
        "for",
        "in",
        "on",
        "to",
        "through",
        "from",
        "via",
        "with",
        "at",
        "into",
        "about",
        "within",
        "via",
        "thru",
        "by",
        "against",
        "hit",
        "hits",
        "had",
        "hat",
        "hatte",
        "hatten",
        "für",
        "von",
        "vom",
        "bei",
        "in",
        "im",
        "auf",
        "durch",
        "über",
        "nach",
        "mit",
        "than",
        "vs",
        "versus",
        "and",
        "or",
        "is",
        "does",
        "do",
        "did",
        "why",
        "if",
        "when",
        "wenn",
    };

    private static readonly HashSet<Concept> NextToNames =
    [
        Concept.Request,
        Concept.Failed,
        Concept.Slow,
        Concept.Latency,
        Concept.ErrorRate,
        Concept.Throughput,
        Concept.Percentile,
        Concept.Trace,
        Concept.Log,
        Concept.ErrorLog,
        Concept.Deploy,
        Concept.Rollback,
        Concept.Change,
        Concept.Service,
        Concept.Mean,
        Concept.Median,
        Concept.Calls,
        Concept.DependsOn,
        Concept.Owner,
        Concept.OnCall,
        Concept.Callers,
        Concept.Callees,
        Concept.Operation,
        Concept.Span,
        Concept.Slowest,
        Concept.Traffic,
        Concept.Team,
        Concept.AboveAverage,
        Concept.Trouble,
        Concept.Contact,
        Concept.Cause,
        Concept.MostFailing,
        Concept.Busiest,
        Concept.Maximum,
        Concept.LogVerb,
        Concept.Explain,
        Concept.Compare,
        Concept.FollowUp,
        Concept.Without,
        Concept.OnlyFor,
        Concept.Affected,
    ];

    private static readonly HashSet<string> Grouping = new(StringComparer.Ordinal)
    {
        "by",
        "per",
        "which",
        "each",
        "what",
        "every",
        "pro",
        "je",
        "nach",
        "one",
        "single",
        "bad",
        "across",
        "between",
        "particular",
        "specific",
        "same",
    };

    // "affected by errors", "traces with errors": what a question is full of is a service's name only where nothing else can stand.
    private static readonly HashSet<string> Loose = new(StringComparer.Ordinal)
    {
        "by",
        "with",
        "and",
        "or",
        "than",
        "vs",
        "versus",
        "why",
        "if",
        "when",
        "wenn",
        "mit",
        "about",
        "against",
        "is",
        "does",
        "do",
        "did",
    };

    private static readonly HashSet<Concept> States =
    [
        Concept.Failed,
        Concept.Slow,
        Concept.Trouble,
        Concept.Latency,
        Concept.ErrorLog,
        Concept.Log,
        Concept.Request,
        Concept.Trace,
    ];

    public bool IsNamePosition(int start, int end) =>
        IsState(start, end)
            ? start > 0
                && wordTokens[start - 1].Kind == WordTokenKind.Word
                && Prepositions.Contains(wordTokens[start - 1].Lower)
                && !Loose.Contains(wordTokens[start - 1].Lower)
                && !(end < wordTokens.Count && IsConcept(end))
                || IsCalledService(start, end)
            : start > 0
                && (
                    wordTokens[start - 1].Kind == WordTokenKind.Word && Prepositions.Contains(wordTokens[start - 1].Lower)
                    || wordTokens[start - 1].Kind == WordTokenKind.Path
                    || IsConcept(start - 1)
                )
                || start > 1
                    && wordTokens[start - 1].Lower is "the" or "our" or "my" or "service" or "der" or "die" or "das" or "dem"
                    && Prepositions.Contains(wordTokens[start - 2].Lower)
                || end < wordTokens.Count
                    && (
                        IsConcept(end)
                        || wordTokens[end].Lower is "service" or "svc" or "pods" or "pod" or "team" or "deploy"
                        || wordTokens[end].Kind is WordTokenKind.Path
                    )
                || end == wordTokens.Count && start == 0;

    private bool IsState(int start, int end) =>
        end - start == 1 && concepts.Any(c => c.Start == start && c.End == end && States.Contains(c.Concept));

    private bool IsCalledService(int start, int end) =>
        end < wordTokens.Count && wordTokens[end].Lower is "service" or "svc"
        || start > 0 && wordTokens[start - 1].Lower is "service" or "svc" or "called" or "named";

    /// <summary>A preposition stands before it.</summary>
    public bool IsPlaced(int start) =>
        start > 0
            && wordTokens[start - 1].Kind == WordTokenKind.Word
            && Prepositions.Contains(wordTokens[start - 1].Lower)
            && !concepts.Any(c => c.Start < start && start < c.End)
        || start > 1
            && wordTokens[start - 1].Lower is "the" or "our" or "my" or "der" or "die" or "das" or "dem"
            && Prepositions.Contains(wordTokens[start - 2].Lower);

    /// <summary>"by currency", "which region": the word names what is grouped by.</summary>
    public bool IsGrouping(int start) => IsBehindGrouping(start) || Valued(start) is { } value && IsBehindGrouping(value);

    // "each value of the plan": where "value" is.
    private int? Valued(int start)
    {
        var of = start > 0 && WordRoles.Definite.Contains(wordTokens[start - 1].Lower) ? start - 2 : start - 1;
        return of > 0 && WordRoles.Of.Contains(wordTokens[of].Lower) && WordRoles.Valued.Contains(wordTokens[of - 1].Lower) ? of - 1 : null;
    }

    private bool IsBehindGrouping(int start) =>
        start > 0
        && wordTokens[start - 1].Kind == WordTokenKind.Word
        && (
            Grouping.Contains(wordTokens[start - 1].Lower)
            || start > 1
                && Grouping.Contains(wordTokens[start - 2].Lower)
                && wordTokens[start - 1].Lower is "bad" or "the" or "single" or "different"
            // "which of our shops"
            || start > 2
                && WordStem.IsPlural(wordTokens[start].Lower)
                && WordRoles.Definite.Contains(wordTokens[start - 1].Lower)
                && WordRoles.Of.Contains(wordTokens[start - 2].Lower)
                && Grouping.Contains(wordTokens[start - 3].Lower)
        );

    /// <summary>"How many different titles".</summary>
    public bool IsDistinct(int start) =>
        start > 0
        && wordTokens[start - 1].Kind == WordTokenKind.Word
        && PhraseTable.Asking.FindAll(wordTokens, start - 1, i => i < start) is { } before
        && before.Concepts.Contains(Concept.Distinct);

    /// <summary>"by release", "per flag".</summary>
    public bool IsCounting(int start) => start > 0 && wordTokens[start - 1].Lower is "by" or "per" or "pro" or "je" or "each";

    private bool IsConcept(int i) => concepts.Any(c => c.Start <= i && i < c.End && NextToNames.Contains(c.Concept));
}
