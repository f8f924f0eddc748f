using System.Globalization;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Times;
using Copilot.Language.Tokens;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Plans;

/// <summary>Bounds on how long things took: "longer than 1 second", "&gt; 500ms", "between 100ms and 2s".</summary>
internal static class DurationConditions
{
    /// <summary>Conditions on each request; traces have bounds of their own.</summary>
    public static IEnumerable<AttributeCondition> Read(ReadingContext context, QuestionKind kind)
    {
        if (kind is not (QuestionKind.Measure or QuestionKind.Breakdown or QuestionKind.Series))
            return [];
        var (min, max) = Bounds(context);
        var conditions = new List<AttributeCondition>();
        if (min is { } low)
            conditions.Add(Condition(ConditionOperator.Greater, low));
        if (max is { } high)
            conditions.Add(Condition(ConditionOperator.Less, high));
        return conditions;
    }

    public static DurationBounds Bounds(ReadingContext context)
    {
        var s = context.Sentence;
        TimeSpan? min = null,
            max = null;
        bool withMin = false,
            withMax = false;
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            var wordToken = s.Tokens[i];
            if (wordToken.Kind != WordTokenKind.Duration || s.TimeAt(i) is not null || IsOfAttribute(s, i))
                continue;
            var length = TimeSpan.FromTicks((long)(wordToken.Value / 100));
            var at = i - 1;
            while (s.WordAt(at) is "about" or "the" or "or" or "roughly")
                at--;
            var mark = s.ConceptAt(at);
            var behind = s.ConceptAt(i + 1);
            if (
                s.WordAt(at) is "between"
                && s.WordAt(i + 1) is "and" or "-"
                && i + 2 < s.Tokens.Count
                && s.Tokens[i + 2].Kind == WordTokenKind.Duration
            )
            {
                (min, max) = (length, TimeSpan.FromTicks((long)(s.Tokens[i + 2].Value / 100)));
                s.Use(at, i + 3);
                return new DurationBounds(min, max);
            }

            // "minDuration=2.5s"
            if (mark?.Concept == Concept.Equals && s.MeansAt(mark.Start - 1, Concept.Latency))
            {
                if (s.MeansAt(mark.Start - 2, Concept.Minimum))
                    min = length;
                else if (s.MeansAt(mark.Start - 2, Concept.Maximum))
                    max = length;
                if (min is not null || max is not null)
                {
                    s.Use(mark.Start - 2, i + 1);
                    continue;
                }
            }

            // "not longer than 1 s", "nor slower than 1 s": that long at most.
            var denied = Negations.OfBound(s, mark?.Start ?? at);
            if (denied is not null && (mark?.Concept is Concept.Greater || s.WordAt(at) is "takes" or "took" or "taking" or "take"))
            {
                (max, withMax) = (length, true);
                s.Use(denied);
            }
            else if (denied is not null && mark?.Concept is Concept.Less)
            {
                (min, withMin) = (length, true);
                s.Use(denied);
            }
            else if (
                mark?.Concept is Concept.Greater or Concept.AtLeast
                || behind?.Concept is Concept.AtLeast
                || s.WordAt(i + 1) is "+"
                || s.WordAt(at) is "takes" or "took" or "taking" or "exceeds"
            )
                (min, withMin) = (length, mark?.Concept == Concept.AtLeast || behind?.Concept == Concept.AtLeast);
            else if (
                mark?.Concept is Concept.Less or Concept.AtMost or Concept.Below
                || behind?.Concept is Concept.AtMost
                || IsWithin(s, at, i)
            )
                (max, withMax) = (length, mark?.Concept == Concept.AtMost || behind?.Concept == Concept.AtMost);
            else
                continue;
            s.Use(at, i + 1);
            s.Use(mark);
            if (behind?.Concept is Concept.AtLeast or Concept.AtMost)
                s.Use(behind);
        }

        return new DurationBounds(min, max) { WithMin = withMin, WithMax = withMax };
    }

    // "answered within 500 ms"; "within 5 minutes" is when.
    private static bool IsWithin(Sentence s, int at, int length) =>
        s.WordAt(at) is { } word && WordRoles.Inside.Contains(word) && s.Tokens[length].Value < TimeReader.ShortestWindow;

    // "waited over 10 s": what was waited stands in an attribute, and was read with it.
    private static bool IsOfAttribute(Sentence s, int at) =>
        s.IsUsed(at)
        && s.LinksOf(LinkKind.Key)
            .Any(k => k.End <= at && at - k.End < 4 && s.IsUsed(k.Start) && k.Targets.Any(t => Quantities.Unit(t.Key!) is not null));

    private static AttributeCondition Condition(ConditionOperator op, TimeSpan length) =>
        new(AttributeScope.Intrinsic, "duration", op, [Text(length)], ConditionValueType.Keyword, true, Text(length));

    private static string Text(TimeSpan length)
    {
        var ms = length.TotalMilliseconds;
        return ms >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{ms:0.###}ms")
            : string.Create(CultureInfo.InvariantCulture, $"{length.Ticks * 100}ns");
    }
}

/// <summary>How long things took at least and at most, and whether that long exactly is among them.</summary>
internal readonly record struct DurationBounds(TimeSpan? Min, TimeSpan? Max)
{
    public bool WithMin { get; init; }

    public bool WithMax { get; init; }
}

/// <summary>Words that stand where a name stands and name nothing known. Leaving them out would answer another question.</summary>
internal static class UnknownNames
{
    private static readonly HashSet<string> Places = new(StringComparer.Ordinal)
    {
        "of",
        "for",
        "in",
        "on",
        "from",
        "through",
        "via",
        "to",
        "at",
        "thru",
        "service",
        "svc",
        "für",
        "von",
        "bei",
        "im",
        "durch",
        "calls",
        "call",
        "owns",
        "own",
        "team",
        "tenant",
    };

    public static IReadOnlyList<ServiceReference> Find(ReadingContext context, QuestionPlan plan)
    {
        var s = context.Sentence;
        var unknown = new List<ServiceReference>();
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (!MayName(s, i))
                continue;
            var end = s.EndOfName(i);
            // "Brazil (BR)": the brackets say what is meant.
            if (s.WordAt(end) is "(" && s.LinkAt(end + 1) is { Kind: LinkKind.Value or LinkKind.Service } && s.IsUsed(end + 1))
            {
                s.Use(i, end);
            }
            else if (IsUnknown(s, i, end, plan))
            {
                var words = s.Words(i, end);
                s.Use(i, end);
                unknown.Add(new ServiceReference(words, ServiceStanding.Unknown, words));
            }

            i = end - 1;
        }

        return unknown;
    }

    private static bool MayName(Sentence s, int i) =>
        s.Tokens[i].Kind is WordTokenKind.Word or WordTokenKind.Quoted
        && !s.IsUsed(i)
        && s.TimeAt(i) is null
        && (
            s.ConceptAt(i) is null
            || s.ConceptAt(i) is { Concept: Concept.OffTopic } && i + 1 < s.Tokens.Count && s.Tokens[i + 1].Glue == '-'
        )
        && s.LinkAt(i) is null
        && s.MarkAt(i) is null
        && s.Tokens[i].Glue is '\0' or '/'
        && !FillerWords.IsFiller(s.Tokens[i].Lower)
        && s.Tokens[i].Lower.Any(char.IsLetter);

    private static bool IsUnknown(Sentence s, int start, int end, QuestionPlan plan)
    {
        var nameLike =
            end - start > 1 && s.Tokens[start + 1].Glue is '-' or '_' or WordToken.CamelGlue or '.'
            || s.WordAt(end) is "service" or "svc" or "microservice"
            || s.Tokens[start].Kind == WordTokenKind.Quoted;
        var ordinary = Enumerable
            .Range(start, end - start)
            .All(i =>
                FillerWords.IsOrdinary(s.Tokens[i].Lower)
                || PlainWords.IsAdverb(s.Tokens[i].Lower)
                || s.ConceptAt(i) is not null
                || PhraseTable.Standard.Words.Contains(s.Tokens[i].Lower)
            );
        if (ordinary && !(nameLike && s.WordAt(end) is "service" or "svc"))
            return false;
        var placed =
            Places.Contains(s.WordAt(start - 1) ?? "")
            || s.WordAt(start - 1) is "the" or "our" or "der" or "die" or "das" && Places.Contains(s.WordAt(start - 2) ?? "");
        var alone = plan.Services.Count == 0 && plan.Operations.Count == 0 && plan.Conditions.Count == 0;
        return plan.Kind switch
        {
            QuestionKind.Measure or QuestionKind.Series or QuestionKind.Comparison or QuestionKind.Callers or QuestionKind.Callees => placed
                || nameLike
                || alone,
            QuestionKind.Owners => alone && (placed || nameLike || plan.Teams.Count + plan.People.Count == 0),
            QuestionKind.Traces or QuestionKind.Operations or QuestionKind.Breakdown or QuestionKind.Changes => alone
                && (placed || nameLike)
                || nameLike && placed,
            QuestionKind.Logs => alone && placed,
            QuestionKind.Cause or QuestionKind.Affected or QuestionKind.Overview => alone
                && nameLike
                && (placed || s.WordAt(start - 1) is "is" or "does" or "do" or "did" or "are"),
            _ => false,
        };
    }
}
