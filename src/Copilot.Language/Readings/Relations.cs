using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Readings;

/// <summary>Tells callers from callees: "who calls X" and "what does X call" differ only in order.</summary>
internal static class Relations
{
    public static double Callers(ReadingContext context)
    {
        var s = context.Sentence;
        if (
            s.HasWord("if", "wenn")
            && s.HasAny(Concept.Failed)
            && s.HasAny(Concept.What, Concept.Which, Concept.Who, Concept.Service)
            && context.Subject.Services.Count > 0
        )
            return 0.91;
        if (s.Has(Concept.Callers))
            return Explicit(context);
        if (
            s.HasWord("anything", "anyone", "anybody", "something", "someone", "somebody")
            && s.HasWord("calling", "using", "invoking", "consuming", "call", "calls", "use", "uses")
            && context.Subject.Services.Count == 1
            && !s.HasAny(Concept.Failed, Concept.Slow)
        )
            return 0.9;
        return Verb(context) == Side.Callers ? 0.88 : 0;
    }

    public static double Callees(ReadingContext context)
    {
        var s = context.Sentence;
        // "which dependency is the root cause?"
        if (s.Has(Concept.Callees))
            return s.Has(Concept.Cause) ? 0.6 : Explicit(context);
        return Verb(context) == Side.Callees ? 0.88 : 0;
    }

    // "downstream errors" are errors; "downstream of X" are services.
    private static double Explicit(ReadingContext context) =>
        context.Sentence.HasAny(Concept.Failed, Concept.Slow, Concept.Trace) || context.Measure is { Explicit: true } ? 0.6 : 0.9;

    private static Side? Verb(ReadingContext context)
    {
        var s = context.Sentence;
        var verb = s.Concepts.FirstOrDefault(c => c.Concept is Concept.Calls or Concept.DependsOn);
        if (
            verb is null
            || context.Measure is { Explicit: true }
            || s.HasBeside(
                verb.Start,
                Concept.Contact,
                Concept.Trace,
                Concept.Count,
                Concept.Failed,
                Concept.Slow,
                Concept.MostFailing,
                Concept.Slowest
            )
        )
            return null;
        // "which vendors does it talk to?" and "who calls it?"
        if (s.MeansAt(verb.Start - 1, Concept.Pronoun) && s.MayMean(Concept.Which, Concept.What, Concept.Who))
            return Side.Callees;
        if (s.MeansAt(verb.End, Concept.Pronoun) && s.MayMean(Concept.Which, Concept.What, Concept.Who))
            return Side.Callers;
        var service =
            s.LinksOf(LinkKind.Service).FirstOrDefault(l => l.Start > verb.Start) is { } behind
            && context.Subject.Services.Any(r => behind.Targets.Any(t => t.Name == r.Name));
        var before = s.LinksOf(LinkKind.Service).Any(l => l.End <= verb.Start);
        var asks = s.HasAny(Concept.Who, Concept.What, Concept.Which, Concept.Service, Concept.Show, Concept.Every);
        if (!asks)
            return before && service && s.HasWord("does", "do", "did", "is", "ruft", "nutzt") ? Side.Callees : null;
        // "from which services does it get calls", "to what services does it send them"
        if (
            s.Concepts.FirstOrDefault(c => c.Concept is Concept.Which or Concept.What && s.MeansAt(c.End, Concept.Service)) is { } asked
            && s.WordAt(asked.Start - 1) is { } way
            && (WordRoles.FromWhom.Contains(way) || WordRoles.Towards.Contains(way))
        )
            return WordRoles.FromWhom.Contains(way) ? Side.Callers : Side.Callees;
        if (s.Tokens.Any(t => WordRoles.Passive.Contains(t.Lower)) && s.HasWord("by", "von"))
            return before ? Side.Callers : Side.Callees;
        if (IsCalledFrom(s, verb) && service && !before)
            return Side.Callees;
        if (before && !service)
            return Side.Callees;
        if (service && s.ConceptAt(verb.Start - 1)?.Concept is Concept.Service or Concept.Who or Concept.What)
            return Side.Callers;
        if (service)
            return s.HasWord("does", "do", "did") && s.First(Concept.What) is { } what && before && what.Start < verb.Start
                ? Side.Callees
                : Side.Callers;
        // "who calls it" and "what does it call"
        var pronoun = s.First(Concept.Pronoun);
        if (pronoun is null)
            return s.LinksOf(LinkKind.Service).Any() ? null
                : s.ConceptAt(verb.Start - 1)?.Concept is Concept.Who or Concept.Service ? Side.Callers
                : null;
        return pronoun.Start > verb.Start ? Side.Callers : Side.Callees;
    }

    // "which services get called straight from X", "what receives calls from X"
    private static bool IsCalledFrom(Sentence s, ConceptMark verb)
    {
        var called =
            WordRoles.Passive.Contains(s.Tokens[verb.End - 1].Lower)
                && (verb.End - verb.Start > 1 || WordRoles.Gotten.Contains(s.WordAt(verb.Start - 1) ?? ""))
            || verb.End - verb.Start > 1 && WordStem.IsPlural(s.Tokens[verb.End - 1].Lower);
        return called && Enumerable.Range(verb.End, 3).Any(i => WordRoles.FromWhom.Contains(s.WordAt(i) ?? ""));
    }

    private enum Side
    {
        Callers,
        Callees,
    }
}

/// <summary>Tells the part from the whole: "what share of CHF requests took longer than 1 s" asks for the slow ones among those in
/// CHF.</summary>
internal static class ShareConditions
{
    private static readonly string[] Verbs =
    [
        "took",
        "take",
        "takes",
        "were",
        "was",
        "are",
        "is",
        "came",
        "come",
        "comes",
        "had",
        "have",
        "has",
        "used",
        "use",
        "uses",
        "went",
        "go",
        "goes",
        "exceeded",
        "exceed",
        "exceeds",
        "lasted",
        "last",
        "needed",
        "need",
        "ran",
        "hit",
        "dauerten",
        "dauern",
        "waren",
        "sind",
        "kamen",
        "kommen",
        "hatten",
        "haben",
    ];

    /// <summary>The verb of the question, behind what the share is taken of; null where there is none.</summary>
    public static int? Verb(Sentence sentence)
    {
        var from = sentence.First(Concept.Share)?.End ?? 0;
        for (var i = from + 1; i < sentence.Tokens.Count; i++)
        {
            if (sentence.TimeAt(i) is null && sentence.LinkAt(i) is null && Verbs.Contains(sentence.WordAt(i)))
                return i;
        }

        return null;
    }

    /// <summary>The conditions of the whole and those of the part; without a verb all tell the part.</summary>
    public static (IReadOnlyList<AttributeCondition> Whole, IReadOnlyList<AttributeCondition> Part) Split(
        Sentence sentence,
        IReadOnlyList<AttributeCondition> conditions
    )
    {
        var verb = Verb(sentence);
        var whole = verb is { } at
            ? conditions
                .Where(c =>
                    c is not { Scope: AttributeScope.Intrinsic, Key: "duration" } && Position(sentence, c) is { } start && start < at
                )
                .ToList()
            : [];
        if (whole.Count == conditions.Count)
            whole = [];
        return (whole, [.. conditions.Except(whole)]);
    }

    private static int? Position(Sentence sentence, AttributeCondition condition)
    {
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            for (var end = i + 1; end <= sentence.Tokens.Count && end - i <= 8; end++)
            {
                if (
                    condition.Words.StartsWith(sentence.Words(i, end), StringComparison.Ordinal)
                    && sentence.Words(i, end).Length * 2 > condition.Words.Length
                )
                    return i;
            }
        }

        return null;
    }
}
