using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Asks;

/// <summary>What is ranked, by which measure, how many.</summary>
internal sealed record Rank(FrameGroup By, FrameMeasure Measure, RecordState State, bool Ascending, int? Limit, int Offset);

/// <summary>"Which endpoint is the slowest", "top 5 tenants by requests", "services with failed requests".</summary>
internal static class Ranks
{
    private static readonly Concept[] Superlatives =
    [
        Concept.Slowest,
        Concept.Fastest,
        Concept.MostFailing,
        Concept.Busiest,
        Concept.Least,
        Concept.Most,
        Concept.Top,
        Concept.Noisiest,
        Concept.Maximum,
        Concept.Minimum,
    ];

    /// <param name="before">What was asked before: "which endpoint is worst?" goes on with its measure.</param>
    public static Rank? Read(
        Sentence s,
        Subject subject,
        IReadOnlyList<MeasureAt> measures,
        IReadOnlyList<FrameGroup> groups,
        QueryFrame? before
    )
    {
        var superlatives = s.MarksOf(Superlatives).Where(m => !IsTime(s, m)).ToList();
        if (Noun(s, subject) is not { } noun)
            return null;
        var explicitly = measures.FirstOrDefault(m => m.Explicit && m.Measure.Kind != MeasureKind.Distinct);
        if (superlatives.Count == 0)
        {
            // "which services have failed requests", "which endpoints fail": whoever has any.
            var bounded = s.MayMean(Concept.Greater, Concept.AtLeast, Concept.Less, Concept.AtMost);
            if (!s.HasAny(Concept.Which, Concept.What, Concept.Show, Concept.Every) && !bounded && !s.MayMean(Concept.Failed))
                return null;
            if (s.Mark(Concept.Failed) is null && explicitly is null && !(bounded && s.MayMean(Concept.Request)))
                return null;
            if (noun.Group.Kind == FrameGroupKind.Attribute && explicitly is null)
                return null;
            // "Which services got slow" and "which service fails" compare with how it was: that is another question.
            if (explicitly is null && !s.Has(Concept.Request) && noun.Group.Kind == FrameGroupKind.Service)
                return null;
        }

        var measure =
            explicitly?.Measure
            ?? (
                Means(s, Concept.MostFailing, Concept.Noisiest) ? FrameMeasure.Plain(MeasureKind.Failed)
                : Means(s, Concept.Slowest, Concept.Fastest) ? FrameMeasure.Percentile(95)
                : Means(s, Concept.Busiest) ? FrameMeasure.Plain(MeasureKind.Count)
                : Means(s, Concept.Failed) ? FrameMeasure.Plain(MeasureKind.Failed)
                : Means(s, Concept.Slow, Concept.Latency) ? FrameMeasure.Percentile(95)
                : Worse(s, before) ?? FrameMeasure.Plain(MeasureKind.Count)
            );
        if (measure.Kind == MeasureKind.Count && Means(s, Concept.MostFailing, Concept.Failed))
            measure = FrameMeasure.Plain(MeasureKind.Failed);
        var ascending =
            Means(s, Concept.Fastest, Concept.Least) || Means(s, Concept.Minimum) && !Means(s, Concept.Maximum, Concept.Slowest);
        var limit = Rankings.Limit(s);
        var offset = 0;
        if (s.Mark(Concept.Ordinal) is { } ordinal && superlatives.Count > 0 && Ordinal(s, ordinal) is { } place)
        {
            s.Use(ordinal);
            (offset, limit) = (place - 1, 1);
        }

        foreach (var mark in superlatives.Concat(s.MarksOf(Concept.PeakPoint)).ToList())
            s.Use(mark);
        // "the five search terms that …"
        if (limit is null && Counted(s, noun.Start) is { } many)
        {
            limit = many;
            s.Use(noun.Start - 1, noun.Start);
        }

        // "best region by error rate"
        ascending |=
            measure.Kind is MeasureKind.ErrorRate or MeasureKind.Failed or MeasureKind.Percentile or MeasureKind.Mean
            && superlatives.Exists(m => WordRoles.Best.Contains(s.Tokens[m.End - 1].Lower));
        s.Use(noun.Start, noun.End);
        foreach (
            var mark in s.MarksOf(
                    Concept.Failed,
                    Concept.Slow,
                    Concept.Latency,
                    Concept.Request,
                    Concept.Which,
                    Concept.What,
                    Concept.Show,
                    Concept.Count,
                    Concept.Traffic,
                    Concept.Mean,
                    Concept.Every
                )
                .ToList()
        )
            s.Use(mark);
        return new Rank(noun.Group, measure, RecordState.Any, ascending, limit, offset);
    }

    private static FrameMeasure? Worse(Sentence s, QueryFrame? before) =>
        before is { Over: FramePopulation.Requests, Measures: [var measure, ..] }
        && Means(s, Concept.Top)
        && !s.MayMean(Concept.Most, Concept.Request, Concept.Count, Concept.Traffic)
            ? measure
            : null;

    // "the slowest one"
    private static bool Means(Sentence s, params Concept[] concepts) =>
        s.Marks.Any(m => concepts.Contains(m.Concept) || m.Concept == Concept.Single && m.Senses.Any(concepts.Contains));

    // What is ranked: the noun behind "which" or beside the superlative; an attribute only where it is asked for.
    private static (FrameGroup Group, int Start, int End)? Noun(Sentence s, Subject subject)
    {
        foreach (var mark in s.MarksOf([Concept.Which, Concept.What, Concept.Show, .. Superlatives]))
        {
            var at = mark.End;
            // "which of the 5 regions", "top 3 slowest endpoints"
            while (
                at < s.Tokens.Count
                && at - mark.End < 5
                && s.TimeAt(at) is null
                && (
                    s.MeansAt(at, Concept.Article, Concept.Preposition)
                    || s.MeansAt(at, Superlatives)
                    || s.Tokens[at].Kind == WordTokenKind.Number
                    || s.MeansAt(at, Concept.Failed, Concept.Slow)
                )
                && s.LinkAt(at) is null or { Kind: not LinkKind.Key }
                && !s.MeansAt(at, Concept.Service, Concept.Operation)
                && s.LinkAt(at) is null
            )
                at++;
            // "which storefront endpoint": a name may stand between.
            while (at < s.Tokens.Count && s.LinkAt(at) is { Kind: LinkKind.Service or LinkKind.Operation or LinkKind.Value } named)
                at = named.End;
            if (Groups.One(s, subject, at) is { } one && !IsSubjectOfTrace(s, one.End))
                return (one.Group, at, one.End);
        }

        // "services with more than 10 failed requests"
        if (
            s.MarksOf(Concept.Service, Concept.Operation).FirstOrDefault() is { Start: <= 1 } first
            && s.MayMean(Concept.Greater, Concept.AtLeast, Concept.Less, Concept.AtMost)
            && !s.Has(Concept.Trace)
        )
            return (first.Senses.Contains(Concept.Service) ? FrameGroup.Service : FrameGroup.Operation, first.Start, first.End);
        // "endpoint with the highest error rate", "the operation that fails most"
        if (s.MayMean(Superlatives) && s.MarksOf(Concept.Service, Concept.Operation).FirstOrDefault() is { } noun && !s.Has(Concept.Trace))
            return (noun.Senses.Contains(Concept.Service) ? FrameGroup.Service : FrameGroup.Operation, noun.Start, noun.End);
        // "the pod with the most failures", "best region by error rate", "the region with the worst p95"
        if (
            s.MayMean([.. Superlatives, Concept.PeakPoint])
            && !s.Has(Concept.Trace)
            && s.LinksOf(LinkKind.Key).Where(l => !s.IsUsed(l.Start) && Groups.IsSplit(s, l)).ToList() is [var key]
        )
            return (Groups.Of(subject, key), key.Start, key.End);
        // "services with failures", "every service on which requests failed"
        return
            s.MarksOf(Concept.Service, Concept.Overall).FirstOrDefault(m => IsSeveral(s, m)) is { } services
            // "how many requests failed on all services": of all together.
            && !(
                s.MayMean(Concept.Count, Concept.Sum)
                && (s.MeansAt(services.Start - 1, Concept.Preposition) || subject.Conditions.Any(c => c.Key == FieldNames.Service))
            )
            && s.MayMean(Concept.Failed)
            && (s.MayMean(Concept.Request, Concept.AtLeast, Concept.Greater) || s.MarksOf(Concept.Failed).Any(m => IsPlural(s, m)))
            ? (FrameGroup.Service, services.Start, services.End)
            : null;
    }

    private static int? Counted(Sentence s, int noun) =>
        noun > 0 && s.TimeAt(noun - 1) is null
            ? s.Tokens[noun - 1].Kind == WordTokenKind.Number && s.Tokens[noun - 1].Value is >= 1 and <= 100
                ? (int)s.Tokens[noun - 1].Value
                : Cardinals.Of(s.Tokens[noun - 1].Lower) is >= 1 and <= 20 and var told
                    ? (int)told
                    : null
            : null;

    private static bool IsPlural(Sentence s, ConceptMark mark) => WordStem.IsPlural(s.Tokens[mark.End - 1].Lower);

    private static bool IsSeveral(Sentence s, ConceptMark noun) =>
        noun.Senses.Contains(Concept.Service)
            ? IsPlural(s, noun) || s.MeansAt(noun.Start - 1, Concept.Every)
            : WordRoles.Services.Contains(s.Tokens[noun.End - 1].Lower);

    private static bool IsSubjectOfTrace(Sentence s, int at) => s.MeansAt(at, Concept.Trace);

    private static bool IsTime(Sentence s, Linking.ConceptMark mark) => s.TimeAt(mark.Start) is not null;

    private static int? Ordinal(Sentence s, Linking.ConceptMark mark) => Ordinals.Of(s.Tokens[mark.Start].Lower);
}
