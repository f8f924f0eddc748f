using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Asks;

/// <summary>Requests and traces that are to be shown themselves: by state, length, conditions; the slowest, the newest.</summary>
internal static partial class TraceReader
{
    /// <summary>What asks for something else, however many requests are named beside it.</summary>
    private static readonly Concept[] Others =
    [
        Concept.Count,
        Concept.Share,
        Concept.ErrorRate,
        Concept.SuccessRate,
        Concept.Throughput,
        Concept.Percentile,
        Concept.Median,
        Concept.Mean,
        Concept.Deviation,
        Concept.By,
        Concept.BreakDown,
        Concept.Service,
        Concept.Operation,
        Concept.Why,
        Concept.Cause,
        Concept.Affected,
        Concept.Owner,
        Concept.Involve,
        Concept.OnCall,
        Concept.Contact,
        Concept.Runbook,
        Concept.Guide,
        Concept.InCommon,
        Concept.OneOf,
        Concept.Compare,
        Concept.Log,
        Concept.ErrorLog,
        Concept.WarningLog,
        Concept.Callers,
        Concept.Callees,
        Concept.ErrorText,
        Concept.StackTrace,
        Concept.Change,
        Concept.Plot,
        Concept.Root,
        Concept.Below,
        Concept.Span,
    ];

    /// <summary>As <see cref="Read"/>, where it is known that they are to be shown.</summary>
    public static QuestionPlan Asked(ReadingContext context)
    {
        var s = context.Sentence;
        var superlative =
            s.MarksOf(Concept.Slowest, Concept.Fastest, Concept.Maximum).FirstOrDefault(m => m.Senses.All(c => c != Concept.Latency))
            ?? Worst(s)
            ?? Longest(s);
        // "top 5 traces by duration"
        if (superlative is null && s.MayMean(Concept.Latency, Concept.Slow))
            superlative = s.Mark(Concept.Top);
        return Plan(context, DurationConditions.Bounds(context), superlative, s.Has(Concept.Trace));
    }

    public static QuestionPlan? Read(ReadingContext context)
    {
        var s = context.Sentence;
        if (context.Subject.Uncalled.Count > 0)
            return null;
        if (
            s.Tokens.Any(t => t.Kind == WordTokenKind.TraceId)
            || s.LinksOf(LinkKind.Metric).Any()
            || Peaks.Asks(s)
            || s.Marks.Any(m => Others.Contains(m.Concept) && !m.Senses.Contains(Concept.Single))
        )
            return null;
        // "which version is slowest"
        if (s.MarksOf(Concept.Which, Concept.What).Any(m => s.LinkAt(m.End) is { Kind: LinkKind.Key } key && key.Start == m.End))
            return null;
        // "the slowest SQL statement", "the pod with the most failures"
        if (
            !s.Has(Concept.Request)
            && s.MarksOf(Concept.Slowest, Concept.Fastest, Concept.Most, Concept.MostFailing, Concept.Maximum)
                .Any(m =>
                    Enumerable.Range(m.End, 2).Any(i => s.LinkAt(i) is { Kind: LinkKind.Key } key && Groups.IsSplit(s, key))
                    || s.LinksOf(LinkKind.Key).Any(l => Groups.IsSplit(s, l) && l.Start < m.Start && !s.Has(Concept.Trace))
                )
        )
            return null;
        // "what sets the failed ones apart"
        if (s.Concepts.Any(c => c.Concept == Concept.Differ && !s.MeansAt(c.Start, Concept.Distinct)))
            return null;
        var named = context.HasSubject || context.Subject.Conditions.Count > 0;
        var trace = s.Has(Concept.Trace);
        var bounds = DurationConditions.Bounds(context);
        var bounded = bounds.Min is not null || bounds.Max is not null;
        var superlative = s.MarksOf(Concept.Slowest, Concept.Fastest).FirstOrDefault() ?? Worst(s) ?? Longest(s);
        var state =
            s.MayMean(Concept.Failed, Concept.Succeeded, Concept.AboveAverage) || s.MayMean(Concept.Slow) && s.MayMean(Concept.Request);
        var lists = s.HasAny(Concept.Show, Concept.Which, Concept.Every, Concept.Exist, Concept.What);
        var things =
            trace
            || IsPointed(s)
            || s.Has(Concept.Request)
            || context.Subject.Operations.Count > 0
            || IsSlowOnes(s)
            || lists && bounded
            || superlative is not null && named;
        var slow = s.MayMean(Concept.Slow, Concept.AboveAverage);
        if (
            !things
            || !(
                trace
                || IsOfThose(s)
                || bounded
                || superlative is not null
                || state && (lists || slow) && (s.Has(Concept.Request) || IsPointed(s))
                || IsSlowOnes(s)
                || IsShown(context)
            )
        )
            return null;
        // "max duration of X" and "how long did the slowest take" are numbers.
        if (!trace && s.MayMean(Concept.HowLong, Concept.Latency, Concept.Maximum) && superlative is null && !bounded)
            return null;
        if (!trace && superlative is not null && (s.MayMean(Concept.HowLong, Concept.Latency) || !named))
            return null;
        // "what was the longest duration of a request"
        if (
            !trace
            && superlative is { Concept: not Concept.Maximum }
            && superlative.Senses.Contains(Concept.Maximum)
            && !s.HasAny(Concept.Show, Concept.Which)
        )
            return null;
        return Plan(context, bounds, superlative, trace);
    }

    // "show me all requests with booking.pnr X7J2KQ": the requests themselves, narrowed.
    private static bool IsShown(ReadingContext context) =>
        context.Subject.Conditions.Count > 0
        && !context.Sentence.Continues
        && context
            .Sentence.MarksOf(Concept.Show)
            .Any(show =>
                WordRoles.Seeing.Contains(context.Sentence.Tokens[show.Start].Lower)
                && context
                    .Sentence.MarksOf(Concept.Request)
                    .Any(m =>
                        m.Start >= show.End
                        && WordStem.IsPlural(context.Sentence.Tokens[m.End - 1].Lower)
                        && m.Start - show.End <= 4
                        && !context.Sentence.MeansAt(m.End, Concept.EachStep)
                    )
            )
        && context.Sentence.MarksOf(Concept.Every).All(m => WordRoles.Whole.Contains(context.Sentence.Tokens[m.Start].Lower))
        && !context.Sentence.MayMean(Concept.EachStep, Concept.Compare, Concept.Which);

    // "slow checkouts": requests by the name of what they ask for.
    private static bool IsSlowOnes(Sentence s) =>
        !s.Continues
        && (
            s.MarksOf(Concept.Slow).Any(m => s.LinkAt(m.End) is { } name && name.Start == m.End && AreOnes(s, name))
            // "which orders failed", "checkouts that were slow"
            || s.MarksOf(Concept.Failed, Concept.Slow, Concept.AboveAverage)
                .Any(m =>
                    s.Links.Any(name =>
                        name.End <= m.Start && AreOnes(s, name) && IsSaidOf(s, name, m) && s.MeansAt(name.Start - 1, Concept.Which)
                    )
                )
        );

    private static bool AreOnes(Sentence s, Link name) =>
        name.Kind is LinkKind.Service or LinkKind.Operation && WordStem.IsPlural(s.Tokens[name.End - 1].Lower);

    private static bool IsSaidOf(Sentence s, Link name, ConceptMark state) =>
        Enumerable
            .Range(name.End, state.Start - name.End)
            .All(i =>
                s.MeansAt(i, Concept.Be, Concept.Pronoun, Concept.Which, Concept.Preposition) || s.LinkAt(i) is { Kind: LinkKind.Value }
            );

    // "show me those failed bookings", "give me the ids of those calls": what was counted before.
    private static bool IsPointed(Sentence s) =>
        s.Continues
        && (s.MarksOf(Concept.Show).Any(m => s.MeansAt(m.End, Concept.Pronoun) && s.MeansAt(m.End + 1, Concept.Failed)) || IsOfThose(s));

    private static bool IsOfThose(Sentence s) =>
        s.Continues
        && s.HasAny(Concept.Show)
        && s.MarksOf(Concept.Pronoun).Any(m => s.MeansAt(m.End, Concept.Request, Concept.Calls, Concept.Trace));

    private static ConceptMark? Worst(Sentence s) =>
        s.Marks.FirstOrDefault(m =>
            m.Concept == Concept.Top
            && !s.MeansAt(m.Start - 1, Concept.Preposition)
            && (s.Has(Concept.Request) || s.Has(Concept.Trace))
            && (!s.MayMean(Concept.Failed) || s.Has(Concept.Trace) && s.MayMean(Concept.Slow, Concept.Latency))
        );

    // "the slowest request", "the slowest POST /orders": of one there is one.
    private static bool IsOne(Sentence s, ConceptMark superlative)
    {
        // "worst trace since 8"
        if (s.MarkAt(superlative.End) is { } noun && noun.Senses.Any(c => c is Concept.Request or Concept.Trace) && superlative.Start == 0)
            return !WordStem.IsPlural(s.Tokens[noun.End - 1].Lower);
        if (
            superlative.Start > 0 && !s.MeansAt(superlative.Start - 1, Concept.Article)
            || superlative.Start > 0 && WordRoles.Plural.Contains(s.WordAt(superlative.Start - 1) ?? "")
        )
            return false;
        for (var i = superlative.End; i < Math.Min(s.Tokens.Count, superlative.End + 4); i++)
        {
            if (s.LinkAt(i) is { Kind: LinkKind.Operation } operation)
                return s.Tokens[operation.End - 1].Kind == WordTokenKind.Path || !WordStem.IsPlural(s.Tokens[operation.End - 1].Lower);
            if (s.MarkAt(i) is { } mark && mark.Senses.Any(c => c is Concept.Request or Concept.Trace))
                return !WordStem.IsPlural(s.Tokens[mark.End - 1].Lower);
        }

        return false;
    }

    // "five checkout traces"
    private static bool IsOfThings(Sentence s, int at) =>
        s.MeansAt(s.LinkAt(at) is { Kind: LinkKind.Service or LinkKind.Operation } name ? name.End : at, Concept.Trace, Concept.Request);

    // "the five that took longest"
    private static int? Those(Sentence s)
    {
        for (var i = 1; i + 1 < s.Tokens.Count; i++)
        {
            if (
                s.TimeAt(i) is null
                && Cardinals.Of(s.Tokens[i].Lower) is >= 2 and <= 1000 and var number
                && s.MeansAt(i - 1, Concept.Article, Concept.Show)
                && (WordRoles.Attributive.Contains(s.Tokens[i + 1].Lower) || IsOfThings(s, i + 1))
            )
            {
                s.Use(i, i + 1);
                return (int)number;
            }
        }

        return null;
    }

    // "the first failed trace", "which trace was the first to fail"
    private static bool IsFirst(Sentence s) =>
        Enumerable
            .Range(0, s.Tokens.Count)
            .Any(i =>
                WordRoles.First.Contains(s.Tokens[i].Lower)
                && s.TimeAt(i) is null
                && s.LinkAt(i) is null
                && (Enumerable.Range(i + 1, 4).Any(j => s.MeansAt(j, Concept.Trace, Concept.Failed)) || IsFailedBefore(s, i))
            );

    // "the trace with the greatest duration"
    private static bool IsOneTrace(Sentence s) =>
        s.Mark(Concept.Trace) is { } trace && !WordStem.IsPlural(s.Tokens[trace.End - 1].Lower) && !s.MayMean(Concept.Every);

    // "the very first POST /charges that failed"
    private static bool IsFirstOf(Sentence s) =>
        s.LinksOf(LinkKind.Operation).Any(l => l.Start > 0 && WordRoles.First.Contains(s.Tokens[l.Start - 1].Lower));

    // "failed first", "failed as the first"
    private static bool IsFailedBefore(Sentence s, int i) => Enumerable.Range(i - 3, 3).Any(j => s.MeansAt(j, Concept.Failed));

    private static bool IsException(LinkTarget target) => target.Key?.StartsWith("exception.", StringComparison.Ordinal) == true;

    // "10 longest traces"
    private static ConceptMark? Longest(Sentence s) =>
        s.MarksOf(Concept.Maximum)
            .FirstOrDefault(m =>
                s.MeansAt(m.End, Concept.Trace)
                // "the trace with the greatest duration", "those that took longest"
                || s.Has(Concept.Trace) && s.LinkAt(m.End) is not { Kind: LinkKind.Key }
                || s.Has(Concept.Trace) && (s.LinkAt(m.End) is { Kind: LinkKind.Operation } || s.MeansAt(m.End, Concept.Request))
                || s.HasAny(Concept.Show) && Enumerable.Range(m.End, 6).Any(i => s.MeansAt(i, Concept.Request, Concept.Trace))
            );

    private static QuestionPlan Plan(ReadingContext context, DurationBounds bounds, ConceptMark? superlative, bool trace)
    {
        var s = context.Sentence;
        bool failed = false,
            succeeded = false,
            slow = false;
        foreach (var mark in s.MarksOf(Concept.Failed, Concept.Succeeded, Concept.AboveAverage, Concept.Slow, Concept.MostFailing).ToList())
        {
            if (s.IsUsed(mark.Start))
                continue;
            var negated = States.IsNegated(s, mark);
            States.Use(s, mark);
            if (mark.Concept is Concept.AboveAverage || mark.Concept is Concept.Slow)
                slow |=
                    bounds.Min is null
                    && mark != superlative
                    && !(mark.Concept is Concept.Slow && superlative is { Concept: Concept.Top or Concept.Maximum });
            else if (mark.Senses.Contains(Concept.Failed) || mark.Concept == Concept.MostFailing)
            {
                failed |= !negated;
                succeeded |= negated;
            }
            else if (mark.Concept is Concept.Succeeded or Concept.Fine)
            {
                succeeded |= !negated;
                failed |= negated;
            }
        }

        // "traces with exceptions"
        foreach (
            var thrown in s.LinksOf(LinkKind.Key)
                .Where(l => !s.IsUsed(l.Start) && l.Targets.All(IsException) && !s.MeansAt(l.Start - 1, Concept.Without, Concept.Negation))
                .ToList()
        )
        {
            s.Use(thrown.Start, thrown.End);
            failed = true;
        }

        var itself = s.Mark(Concept.Itself);
        s.Use(itself);
        s.Use(superlative);
        foreach (
            var mark in s.MarksOf(
                    Concept.Trace,
                    Concept.Request,
                    Concept.Show,
                    Concept.Which,
                    Concept.Every,
                    Concept.Exist,
                    Concept.What,
                    Concept.Top,
                    Concept.Newest,
                    Concept.Oldest,
                    Concept.Take,
                    Concept.Single,
                    Concept.Began
                )
                .ToList()
        )
            s.Use(mark);
        var order = superlative is null
            ? s.Has(Concept.Oldest) || IsFirst(s)
                ? TraceOrder.Oldest
                : TraceOrder.Newest
            : superlative.Concept == Concept.Fastest
                ? TraceOrder.Fastest
                : TraceOrder.Slowest;
        var one =
            superlative is not null && (s.MayMean(Concept.Single) || IsOne(s, superlative))
            || (superlative is { Concept: Concept.Maximum } || superlative is null && IsFirst(s)) && (IsOneTrace(s) || IsFirstOf(s));
        var limit = Rankings.Limit(s) ?? Those(s) ?? (one ? 1 : null);
        return new QuestionPlan
        {
            Kind = QuestionKind.Traces,
            AsOfNs = UnixNanos.From(context.Request.AsOf),
            Window = WindowPlanner.Plan(context, QuestionKind.Traces),
            Services = context.Subject.Services,
            Operations = context.Subject.Operations,
            Conditions = context.Subject.Conditions,
            Traces = new TraceSelection
            {
                Failed = failed && !succeeded,
                Succeeded = succeeded,
                FailedAtService = failed && !succeeded && !slow && context.HasSubject && (!trace || itself is not null),
                Slow = slow,
                LongerThan = bounds.Min,
                ShorterThan = bounds.Max,
                Order = order,
                Limit = limit,
            },
        };
    }
}
