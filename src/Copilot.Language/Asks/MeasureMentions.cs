using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>A measure that a clause names, and where.</summary>
/// <param name="Explicit">Named by its own word, not made up of "how many" and a noun or of a state alone.</param>
internal sealed record MeasureAt(FrameMeasure Measure, int Start, bool Explicit);

/// <summary>Finds the measures of a clause, in the order in which they are said.</summary>
internal sealed partial class MeasureMentions(Sentence s, Subject subject, FramePopulation over)
{
    private readonly List<MeasureAt> _found = [];

    public IReadOnlyList<MeasureAt> Read()
    {
        foreach (var mark in s.Marks)
            Named(mark);
        foreach (var mark in s.MarksOf(Concept.Count).Where(m => _found.TrueForAll(f => f.Start != m.Start)).ToList())
        {
            // "distinct users since 8, just the number"
            if (IsLast(mark) && (_found.Exists(f => f.Explicit) || s.MayMean(Concept.Distinct)))
                s.Use(mark);
            else
                Counted(mark);
        }

        foreach (var mark in s.MarksOf(Concept.Distinct).Where(m => !s.IsUsed(m.Start)).ToList())
            Different(mark);
        if (over == FramePopulation.Requests && Row() is { } row)
        {
            Add(FrameMeasure.Plain(MeasureKind.Count), row.Requests, true);
            Add(FrameMeasure.Plain(MeasureKind.Failed), row.Failed, true);
        }
        else if (over == FramePopulation.Requests && Beside() is { } requests)
        {
            Add(FrameMeasure.Plain(MeasureKind.Count), requests, true);
            if (s.MarkAt(requests.End + 1) is { } failures && failures.Senses.Contains(Concept.Failed))
                Add(FrameMeasure.Plain(MeasureKind.Failed), failures, true);
        }
        else if (over == FramePopulation.Requests && BeforeFailures() is { } all)
        {
            Add(FrameMeasure.Plain(MeasureKind.Count), all, true);
        }

        if (_found.Count == 0)
            Implied();
        return [.. _found.DistinctBy(m => (m.Measure.Kind, m.Measure.Percent, m.Measure.Of?.ToString())).OrderBy(m => m.Start)];
    }

    private bool IsLast(ConceptMark mark) =>
        Enumerable
            .Range(mark.End, s.Tokens.Count - mark.End)
            .TakeWhile(i => !s.IsEnd(i))
            .All(i => s.Tokens[i].Kind == WordTokenKind.Symbol || s.MeansAt(i, Concept.Modal) || FillerWords.IsFiller(s.Tokens[i].Lower));

    private void Named(ConceptMark mark)
    {
        foreach (var sense in mark.Senses)
        {
            FrameMeasure? measure = sense switch
            {
                Concept.ErrorRate => FrameMeasure.Plain(MeasureKind.ErrorRate),
                Concept.SuccessRate => FrameMeasure.Plain(MeasureKind.SuccessRate),
                Concept.Throughput => Rate(mark),
                Concept.Median => Percentile(50, mark),
                Concept.Percentile when PercentileMentions.Of(s, mark) is { } percent => Percentile(percent, mark),
                Concept.Deviation when !VariesOtherwise(mark) => Aggregate(MeasureKind.StandardDeviation, mark),
                Concept.Mean => Mean(mark),
                Concept.Maximum => Extreme(MeasureKind.Maximum, mark),
                Concept.Minimum => Extreme(MeasureKind.Minimum, mark),
                Concept.Sum => Summed(mark),
                _ => null,
            };
            if (measure is null)
                continue;
            // "largest first"
            if (
                measure.Kind is MeasureKind.Maximum or MeasureKind.Minimum
                && mark.End < s.Tokens.Count
                && WordRoles.First.Contains(s.Tokens[mark.End].Lower)
            )
            {
                s.Use(mark.Start, mark.End + 1);
                return;
            }

            // "p99.9, not p99"
            if (s.MarkAt(mark.Start - 1) is { } not && not.Senses.Contains(Concept.Negation) && s.MarksOf(sense).Count() > 1)
            {
                s.Use(not);
                s.Use(mark);
                return;
            }

            Add(measure, mark, true);
            return;
        }
    }

    // "does the error rate vary by region" asks for no deviation; "how much did response times vary" does.
    private bool VariesOtherwise(ConceptMark mark) =>
        WordRoles.Varying.Contains(s.Tokens[mark.Start].Lower)
        && (!s.MayMean(Concept.Latency) || !s.MayMean(Concept.Count) || s.MayMean(Concept.By, Concept.Every, Concept.Compare));

    private FrameMeasure? Mean(ConceptMark mark)
    {
        // "above the average" is a condition, not a measure; "typical (median)" is said exactly by the other word.
        if (s.MayMean(Concept.Median) || s.MayMean(Concept.Throughput, Concept.ErrorRate))
            return null;
        // "on average, how many requests per minute": a rate is an average anyway.
        if (s.MayMean(Concept.EachStep) && s.MayMean(Concept.Count) && !s.MayMean(Concept.Latency, Concept.Plot))
        {
            s.Use(mark);
            return null;
        }

        return Aggregate(MeasureKind.Mean, mark);
    }

    // "highest" beside what is ranked or over time belongs to the rank.
    private FrameMeasure? Extreme(MeasureKind kind, ConceptMark mark)
    {
        if (over == FramePopulation.Metric)
            return FrameMeasure.Plain(kind);
        // "the p50 and the max duration"
        if (s.MayMean(Concept.Mean, Concept.Median, Concept.Percentile))
            return
                (s.MeansAt(mark.End, Concept.Latency) || s.MeansAt(mark.Start - 1, Concept.Joint) || s.MeansAt(mark.End, Concept.Joint))
                && !s.MayMean(Concept.Which, Concept.Operation, Concept.Service)
                ? FrameMeasure.Plain(kind)
                : null;
        if (NumberBeside(mark) is { } of)
            return Of(kind, of);
        if (s.MayMean(Concept.Throughput, Concept.ErrorRate, Concept.Percentile, Concept.Median, Concept.Mean))
            return null;
        if (s.MayMean(Concept.Which, Concept.Operation, Concept.Service, Concept.Count))
            return null;
        return s.MayMean(Concept.Latency, Concept.HowLong) || subject.Services.Count + subject.Operations.Count > 0
            ? FrameMeasure.Plain(kind)
            : null;
    }

    private FrameMeasure? Summed(ConceptMark mark) =>
        NumberBeside(mark) is { } of ? Of(MeasureKind.Sum, of)
        : over == FramePopulation.Metric ? FrameMeasure.Plain(MeasureKind.Sum)
        // "total requests to it"
        : over == FramePopulation.Requests && IsOfRequests(mark) && !s.MayMean(Concept.Count, Concept.Share)
            ? FrameMeasure.Plain(MeasureKind.Count)
        : null;

    private FrameMeasure Aggregate(MeasureKind kind, ConceptMark mark) =>
        NumberBeside(mark) is { } of ? Of(kind, of) : FrameMeasure.Plain(kind);

    private FrameMeasure Percentile(double percent, ConceptMark mark) =>
        NumberBeside(mark) is { } of ? Of(MeasureKind.Percentile, of) with { Percent = percent } : FrameMeasure.Percentile(percent);

    private FrameMeasure Rate(ConceptMark mark)
    {
        var peak = s.MarksOf(Concept.Maximum, Concept.PeakPoint, Concept.Top).FirstOrDefault(m => Math.Abs(m.Start - mark.Start) <= 3);
        if (peak is not null && !s.MayMean(Concept.Which, Concept.Operation, Concept.Service))
        {
            s.Use(peak);
            return FrameMeasure.Plain(MeasureKind.PeakRate);
        }

        return FrameMeasure.Plain(MeasureKind.Rate) with
        {
            Per = Steps.Length(s) is { } per && per != TimeSpan.FromSeconds(1) ? per : null,
        };
    }

    // "how many …": what is counted stands behind it.
    private void Counted(ConceptMark mark)
    {
        // "p95 of number reservation": a noun of its own.
        if (
            mark.End - mark.Start == 1
            && WordRoles.Counting.Contains(s.Tokens[mark.Start].Lower)
            && _found.Exists(f => f.Explicit)
            && s.MeansAt(mark.Start - 1, Concept.Preposition)
            && s.WordAt(mark.End) is { } next
            && PlainWords.IsNoun(next)
            && s.MarkAt(mark.End) is null
        )
        {
            s.Use(mark);
            return;
        }

        // "how much slower", "how much worse": that is no count.
        if (
            s.MeansAt(
                mark.End,
                Concept.Slow,
                Concept.AboveAverage,
                Concept.BelowAverage,
                Concept.Up,
                Concept.Trouble,
                Concept.Than,
                Concept.Greater
            )
        )
        {
            s.Use(mark);
            return;
        }

        // "how much did response times vary"
        if (s.MarksOf(Concept.Deviation).Any(m => m.Start > mark.End && WordRoles.Varying.Contains(s.Tokens[m.Start].Lower)))
        {
            s.Use(mark);
            return;
        }

        // "how many requests per second" is a rate.
        if (s.MarksOf(Concept.Throughput).Any(m => m.Start >= mark.End && m.Start - mark.End <= (s.MayMean(Concept.Gloss) ? 10 : 3)))
        {
            s.Use(mark);
            return;
        }

        // "error count per tenant", "failed request count"
        var failed =
            s.MarkAt((s.MarkAt(mark.Start - 1) is { Concept: Concept.Request } counted ? counted.Start : mark.Start) - 1) is { } told
            && told.Senses.Contains(Concept.Failed)
            && !States.IsNegated(s, told);
        var succeeded =
            s.MarkAt((s.MarkAt(mark.Start - 1) is { Concept: Concept.Request } asked ? asked.Start : mark.Start) - 1) is { } fine
            && (fine.Senses.Contains(Concept.Succeeded) || fine.Senses.Contains(Concept.Failed) && States.IsNegated(s, fine));
        var distinct = false;
        var near = Math.Min(NextCount(mark) ?? s.Tokens.Count, mark.End + 14);
        for (var i = mark.End; i < near; i++)
        {
            if (s.TimeAt(i) is not null)
                continue;
            if (
                s.LinkAt(i) is { Kind: LinkKind.Key } key
                && (distinct || i <= mark.End + 1)
                && !IsBoolean(key)
                && !s.IsUsed(i)
                // "how many text messages"
                && (
                    distinct
                    || !(
                        s.WordAt(key.End) is { } head
                        && PlainWords.IsNoun(head)
                        && !PlainWords.Verbs.Contains(head)
                        && s.MarkAt(key.End) is null
                        && s.LinkAt(key.End) is null
                    )
                )
                && !s.MeansAt(i - 1, Concept.By, Concept.Every, Concept.BreakDown)
                && (distinct || IsCarried(key) && IsOfThings(key))
                && !(key.Quality <= AttributeLinks.OfNamespace && CountedPeople.Key(s, subject, mark) is not null)
            )
            {
                s.Use(key.Start, key.End);
                Add(Of(MeasureKind.Distinct, Reference(key)), mark, true);
                return;
            }

            if (s.MarkAt(i) is not { } noun)
                continue;
            if (noun.Senses.Contains(Concept.Distinct))
            {
                distinct = true;
                s.Use(noun);
            }
            else if (i == mark.End && noun.Senses.Contains(Concept.Person) && CountedPeople.Key(s, subject, mark) is not null)
            {
                distinct = true;
            }

            if (
                noun.Senses.Any(c => c is Concept.Service or Concept.Operation)
                && i <= mark.End + 2
                // "how many app requests"
                && !s.MeansAt(noun.End, Concept.Request, Concept.Calls)
                // "how many requests the app had", "number of requests per service", "request count by operation"
                && !s.MeansAt(i - 1, Concept.Article, Concept.By, Concept.Every, Concept.BreakDown)
                && !s.MayMeanIn(mark.End, i, Concept.Request, Concept.Failed, Concept.By, Concept.Every)
                && over == FramePopulation.Requests
                && subject.Operations.Count == 0
            )
            {
                s.Use(noun);
                Add(
                    Of(
                        MeasureKind.Distinct,
                        noun.Senses.Contains(Concept.Service) ? Field.Resource(FieldNames.Service) : Field.Of(Intrinsic.Name)
                    ),
                    mark,
                    true
                );
                return;
            }

            if (noun.Senses.Contains(Concept.Failed) && !States.IsNegated(s, noun))
                failed = true;
            else if (States.IsNegated(s, noun) && noun.Senses.Any(c => c is Concept.Failed) || noun.Senses.Contains(Concept.Succeeded))
                succeeded = true;
        }

        // "how many different users": people are told apart by the id that their requests carry; where none does, nobody can tell.
        if (distinct && over == FramePopulation.Requests)
        {
            s.Use(mark);
            if (CountedPeople.Key(s, subject, mark) is { } person)
                Add(Of(MeasureKind.Distinct, person), mark, true);
            return;
        }

        // "POST /x that failed, but not from northgate. number?"
        if (IsLast(mark))
        {
            failed |= s.MarksOf(Concept.Failed).Any(m => !States.IsNegated(s, m));
            succeeded |= s.MayMean(Concept.Succeeded) || s.MarksOf(Concept.Failed).Any(m => States.IsNegated(s, m));
        }

        var kind =
            over != FramePopulation.Requests ? MeasureKind.Count
            : failed ? MeasureKind.Failed
            : succeeded ? MeasureKind.Succeeded
            : MeasureKind.Count;
        s.Use(mark);
        if (over == FramePopulation.Requests && !s.MayMean(Concept.Share))
        {
            foreach (var state in s.MarksOf(Concept.Failed, Concept.Succeeded).Where(m => m.Start < near).ToList())
                States.Use(s, state);
        }

        if (
            Steps.Length(s) is { } step
            && kind == MeasureKind.Count
            && !s.MayMean(Concept.Plot, Concept.PeakPoint)
            && (!Steps.AreOneByOne(s, mark) || step == TimeSpan.FromSeconds(1))
        )
            Add(FrameMeasure.Plain(MeasureKind.Rate) with { Per = step }, mark, true);
        else
            Add(FrameMeasure.Plain(kind), mark, false);
    }

    // "distinct drivers that got a 503": the noun behind it is counted.
    private void Different(ConceptMark mark)
    {
        var at = mark.End;
        while (at < s.Tokens.Count && s.MeansAt(at, Concept.Article, Concept.Preposition))
            at++;
        if (s.LinkAt(at) is not { Kind: LinkKind.Key } key || s.IsUsed(at))
            return;
        s.Use(key.Start, key.End);
        Add(Of(MeasureKind.Distinct, Reference(key)), mark, true);
    }

    // "latency of checkout", "how long does it take", "traffic", "payment errors", "requests of cart".
    private void Implied()
    {
        if ((s.Mark(Concept.HowLong) ?? Lasted()) is { } howLong)
        {
            s.Use(s.Mark(Concept.Take));
            Add(FrameMeasure.Plain(MeasureKind.Mean), howLong, true);
        }
        else if (s.Mark(Concept.Latency) is { } latency && !s.MayMean(Concept.AboveAverage, Concept.Slowest, Concept.Fastest, Concept.Up))
        {
            Add(FrameMeasure.Percentile(95), latency, true);
        }
        else if (s.Mark(Concept.Traffic) is { } traffic && !s.MayMean(Concept.Up, Concept.Trouble))
        {
            Add(FrameMeasure.Plain(MeasureKind.Rate), traffic, false);
        }
    }

    // "how long did quotes take?"; "how long did it last?" asks for a trouble's course.
    private ConceptMark? Lasted() => s.MarksOf(Concept.Lasting).FirstOrDefault(m => m.End - m.Start > 1 && subject.Operations.Count > 0);

    private void Add(FrameMeasure measure, ConceptMark mark, bool explicitly)
    {
        s.Use(mark);
        _found.Add(new MeasureAt(measure, mark.Start, explicitly));
        if (
            measure.Of is null
            && measure.Kind
                is MeasureKind.Mean
                    or MeasureKind.Percentile
                    or MeasureKind.Maximum
                    or MeasureKind.Minimum
                    or MeasureKind.StandardDeviation
        )
            s.Use(Concept.Latency);
    }
}
