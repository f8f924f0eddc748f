using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Times;
using Copilot.Language.Tokens;

namespace Copilot.Language.Readings;

/// <summary>Scores what a question may be asking for, by the concepts it holds and how they stand to each other.</summary>
internal static partial class Intents
{
    /// <summary>What is done to a running system.</summary>
    public static readonly Concept[] Changes =
    [
        Concept.Change,
        Concept.Deploy,
        Concept.Rollback,
        Concept.Flag,
        Concept.Config,
        Concept.Scale,
    ];

    public static IReadOnlyList<Reading> Score(ReadingContext context)
    {
        var readings = new List<Reading>();
        void Add(QuestionKind kind, double score)
        {
            if (score > 0)
                readings.Add(new Reading(kind, score));
        }

        var s = context.Sentence;
        Add(QuestionKind.Trace, Trace(s));
        Add(QuestionKind.Comparison, Comparison(context));
        Add(QuestionKind.Breakdown, Breakdown(context));
        Add(QuestionKind.Logs, Logs(s));
        Add(QuestionKind.Owners, Owners(context));
        Add(QuestionKind.Involved, Involved(context));
        Add(QuestionKind.Changes, Change(context));
        Add(QuestionKind.Callers, Relations.Callers(context));
        Add(QuestionKind.Callees, Relations.Callees(context));
        Add(QuestionKind.Peers, Peers(context));
        Add(
            QuestionKind.Resources,
            ResourceReader.Read(s) is not null
            && !s.HasAny(Concept.Trace, Concept.Log, Concept.ErrorLog, Concept.Why, Concept.Cause, Concept.Owner)
                ? 0.95
                : 0
        );
        Add(QuestionKind.Cause, Cause(context));
        Add(QuestionKind.Affected, Affected(context));
        Add(QuestionKind.Services, Services(context));
        Add(QuestionKind.Operations, Operations(context));
        Add(QuestionKind.Traces, Traces(context));
        Add(
            QuestionKind.Series,
            s.Has(Concept.OverTime) && (context.Measure is not null || s.HasAny(Concept.Failed, Concept.Latency, Concept.Traffic))
                ? 0.87
                : 0
        );
        Add(QuestionKind.Measure, Measured(context));
        Add(QuestionKind.Overview, Math.Max(Overview(context), Bare(context)));
        return [.. readings.OrderByDescending(r => r.Score)];
    }

    private static double Trace(Sentence s)
    {
        if (!s.Tokens.Any(t => t.Kind == WordTokenKind.TraceId))
            return 0;
        return s.HasAny(Concept.Log, Concept.ErrorLog) ? 0.7 : 0.96;
    }

    private static double Comparison(ReadingContext context)
    {
        var s = context.Sentence;
        var windows = WindowPlanner.Windows(s).Count;
        var measured = context.Measure is not null || s.HasAny(Concept.Slow, Concept.Failed, Concept.Latency, Concept.Traffic);
        if (UsualReader.Compares(context) || UsualReader.NewAndOld(context))
            return 0.96;
        if (WindowPlanner.Between(s) is not null && measured)
            return 0.95;
        if (ComparisonPlanner.ByStatus(context))
            return 0.95;
        // "why is it slower than between 9 and 10" asks for the reason; the other time is its baseline.
        if (s.Has(Concept.Why) && BaselineReader.Find(s) is not null)
            return 0;
        if (windows >= 2 && (measured || Counts(s)))
            return 0.95;
        if (windows == 1 && measured && s.Has(Concept.Compare) && s.Times.Any(t => t.Kind == TimeMentionKind.Shift))
            return 0.93;
        if (context.Anchor is { Before: not null, After: not null } && measured)
            return 0.95;
        var compares =
            s.HasAny(Concept.Compare)
            || s.HasWord("higher", "lower", "slower", "faster", "worse", "better")
                && s.HasWord("or", "oder")
                && s.HasWord("is", "are", "was", "were", "which", "where", "ist", "sind")
            || (s.Has(Concept.Than) || s.Has(Concept.Greater) && s.HasWord("than", "als"))
                && (s.HasAny(Concept.Which, Concept.Slow, Concept.Greater, Concept.Trouble, Concept.Up) || s.HasWord("better", "worse"));
        if (
            compares
            && (measured || s.Has(Concept.Trouble) || s.HasWord("better", "slower", "faster"))
            && context.Subject.Conditions.Any(c => c.Values.Count == 2)
        )
            return 0.94;
        if (
            compares
            && context.Measure is not null
            && (
                context.Subject.Services.Count == 2
                || context.Subject.Operations.Count == 2
                || context.Subject.Conditions.Any(c => c.Values.Count == 2)
            )
        )
            return 0.94;
        if (
            compares
            && context.Request.Previous?.Plan.Measure is not null
            && (s.Times.Any(t => t.Kind == TimeMentionKind.Shift) || s.HasAny(Concept.Earlier))
        )
            return 0.9;
        if (compares && context.Measure is not null && (s.Times.Any(t => t.Kind == TimeMentionKind.Shift) || s.HasAny(Concept.Earlier)))
            return 0.9;
        if (
            context.Measure is { Explicit: true }
            && windows + s.Times.Count(t => t.Kind is TimeMentionKind.Since) >= 1
            && !s.HasAny(Concept.What, Concept.Which, Concept.Why, Concept.Cause)
            && s.HasWord(
                "change",
                "changed",
                "dropped",
                "drop",
                "decreased",
                "fell",
                "fallen",
                "improved",
                "improve",
                "worse",
                "better",
                "increased",
                "increase",
                "rose",
                "risen"
            )
            && s.HasWord("did", "has", "have", "is", "was", "hat")
        )
            return 0.85;
        return context.Measure is { Explicit: true } && context.Subject.Services.Count == 2 && AreListed(s) ? 0.82 : 0;
    }

    // "fewer requests 8-9 than 7-8"
    private static bool Counts(Sentence s) => s.Has(Concept.Request) && s.HasWord("fewer", "less", "more");

    // "cart and checkout"; not "payment for big carts".
    private static bool AreListed(Sentence s)
    {
        var links = s.LinksOf(LinkKind.Service).Where(l => s.IsUsed(l.Start)).ToList();
        return links.Count > 1
                && s.WordAt(links[1].Start - 1)
                    is "and"
                        or "or"
                        or ","
                        or "&"
                        or "/"
                        or "vs"
                        or "versus"
                        or "und"
                        or "+"
                        or "the"
                        or "with"
                        or "against"
            || links.Count > 1 && s.Tokens[links[1].Start].Glue == '/';
    }

    // "could you share the p95": to tell, not to have in common.
    private static bool IsAskedFor(Sentence s, ConceptMark mark) =>
        s.WordAt(mark.Start) is "share"
        && mark.End == mark.Start + 1
        && (mark.Start == 0 || s.WordAt(mark.Start - 1) is "you" or "kindly" or "please" or "pls" or "someone" or "somebody" or "to");

    private static double Measured(ReadingContext context) =>
        context.Measure switch
        {
            { Explicit: true } => 0.81,
            not null when context.Sentence.HasAny(Concept.Count) => 0.85,
            not null => 0.64,
            _ => 0,
        };

    // "payment", "show me payment", "tell me about payment": how it fares.
    private static double Bare(ReadingContext context)
    {
        var s = context.Sentence;
        return
            context.Request.Previous is null
            && context.Subject is { Services.Count: 1, Operations.Count: 0, Conditions.Count: 0, Attributes.Count: 0, Ambiguous.Count: 0 }
            && context.Measure is null
            && s.Concepts.All(c =>
                c.Concept
                    is Concept.Show
                        or Concept.What
                        or Concept.Service
                        or Concept.Explain
                        or Concept.Overview
                        or Concept.Fine
                        or Concept.Overall
                        or Concept.Newest
            )
            && Enumerable
                .Range(0, s.Tokens.Count)
                .All(i =>
                    s.IsUsed(i)
                    || s.TimeAt(i) is not null
                    || s.ConceptAt(i) is not null
                    || s.Tokens[i].Kind == WordTokenKind.Symbol
                    || FillerWords.IsFiller(s.Tokens[i].Lower)
                )
            ? 0.62
            : 0;
    }

    private static double Overview(ReadingContext context)
    {
        var s = context.Sentence;
        if (
            !context.HasSubject
            && context.Request.Previous is null
            && (
                s.HasAny(Concept.Owner, Concept.Contact, Concept.OnCall) && s.HasAny(Concept.Cause, Concept.Overview)
                || s.HasWord("responsible", "accountable")
                    && s.Times.Count > 0
                    && s.HasAny(Concept.Slow, Concept.Failed)
                    && !s.HasAny(Concept.Service, Concept.Which, Concept.Cause)
            )
        )
            return 0.95;
        if (
            s.Has(Concept.Overview)
            && !(context.Measure is { Explicit: true } && !s.HasAny(Concept.What, Concept.Who))
            && !s.HasAny(Concept.Count)
        )
            return s.HasAny(Concept.Who, Concept.Owner) ? 0.93
                : context.HasSubject ? 0.79
                : 0.82;
        if (context.HasSubject && s.HasAny(Concept.Fine) && s.HasWord("is", "are", "ist", "sind"))
            return 0.79;
        var bad = s.HasAny(Concept.Failed, Concept.Slow, Concept.Trouble);
        var asks =
            s.Times.Count > 0
            || s.HasAny(Concept.Exist, Concept.What, Concept.Which, Concept.Who, Concept.Where, Concept.Overall)
            || s.HasWord("is", "are", "did", "does", "something", "anything", "everything", "nothing");
        return bad
            ? context.HasSubject
                ? 0.58
                : asks
                    ? 0.5
                    : 0.4
            : 0;
    }
}
