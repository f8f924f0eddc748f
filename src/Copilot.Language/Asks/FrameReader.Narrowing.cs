using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>What narrows the records of a frame: how they ended, how long they took, above which figure a row is told.</summary>
internal sealed partial class FrameReader
{
    /// <summary>What is said of failing, succeeding and being slow besides the measures.</summary>
    public RecordState State(IReadOnlyList<MeasureAt> measures)
    {
        var told = measures.Any(m =>
            m.Measure.Kind is MeasureKind.Failed or MeasureKind.Succeeded or MeasureKind.ErrorRate or MeasureKind.SuccessRate
        );
        foreach (var mark in _s.MarksOf(Concept.Failed, Concept.Succeeded, Concept.AboveAverage, Concept.Slow).ToList())
        {
            if (_s.IsUsed(mark.Start))
                continue;
            // "did the p95 go up or down": which way a figure went.
            if (WordRoles.Down.Contains(_s.Tokens[mark.Start].Lower) && measures.Any(m => m.Explicit))
            {
                _s.Use(mark);
                continue;
            }

            var negated = States.IsNegated(_s, mark);
            if (mark.Concept is Concept.AboveAverage or Concept.Slow)
            {
                // Those that are not slow are no state: it is asked back.
                if (negated)
                    continue;
                if (mark.Concept == Concept.Slow && !_s.Has(Concept.Request) && !measures.Any(m => m.Measure.Kind == MeasureKind.Count))
                    continue;
                States.Use(_s, mark);
                return RecordState.Slow;
            }

            States.Use(_s, mark);
            if (told)
                continue;
            return mark.Senses.Contains(Concept.Failed) != negated ? RecordState.Failed : RecordState.Succeeded;
        }

        return RecordState.Any;
    }

    /// <summary>"Longer than 3 seconds".</summary>
    public FieldExpression? Bounds()
    {
        var bounds = DurationConditions.Bounds(context);
        var conditions = new List<FieldExpression>();
        if (bounds.Min is { } low)
            conditions.Add(
                Field
                    .Of(Intrinsic.Duration)
                    .Compared(bounds.WithMin ? FieldOperator.GreaterOrEqual : FieldOperator.Greater, Literal.Of(low))
            );
        if (bounds.Max is { } high)
            conditions.Add(
                Field.Of(Intrinsic.Duration).Compared(bounds.WithMax ? FieldOperator.LessOrEqual : FieldOperator.Less, Literal.Of(high))
            );
        return Field.All(conditions);
    }

    // "above 5 %", "more than 10 errors"
    private double? Threshold()
    {
        for (var i = 1; i < _s.Tokens.Count; i++)
        {
            if (
                _s.TimeAt(i) is not null
                || _s.IsUsed(i)
                || !_s.MeansAt(i - 1, Concept.Greater, Concept.AtLeast, Concept.Less, Concept.AtMost)
            )
                continue;
            double? value = _s.Tokens[i].Kind switch
            {
                WordTokenKind.Percent => _s.Tokens[i].Value / 100,
                WordTokenKind.Number => _s.Tokens[i].Value,
                _ => null,
            };
            if (value is null)
                continue;
            _s.Use(_s.MarkAt(i - 1));
            _s.Use(i, i + 1);
            return value;
        }

        return null;
    }

    private QuestionPlan Peaked(Peak peak) =>
        Base() with
        {
            Frame = new QueryFrame
            {
                Act = FrameAct.Measure,
                Over = FramePopulation.Requests,
                State = State([new MeasureAt(peak.Measure, 0, true)]),
                Where = Bounds(),
                Measures = [peak.Measure],
                OverTime = true,
                Step = peak.Step,
                Reduce = peak.Lowest ? FrameReduction.Lowest : FrameReduction.Highest,
                AsksWhen = peak.AsksWhen,
            },
        };

    // "failed payments since 08:00", "errors by region", "requests of cart per tenant": a noun alone is counted.
    private IReadOnlyList<MeasureAt> Bare(IReadOnlyList<FrameGroup> groups)
    {
        var lists = _s.HasAny(
            Concept.Show,
            Concept.Which,
            Concept.Slowest,
            Concept.Newest,
            Concept.AboveAverage,
            Concept.Exist,
            Concept.Who,
            Concept.What
        );
        // "which had more errors, A or B?"
        if (
            _s.MarksOf(Concept.Failed, Concept.Request).FirstOrDefault(m => _s.MeansAt(m.Start - 1, Concept.Comparative)) is { } more
            && groups.Count == 0
        )
        {
            _s.Use(more.Start - 1, more.End);
            var kind = more.Senses.Contains(Concept.Failed) ? MeasureKind.Failed : MeasureKind.Count;
            return [new MeasureAt(FrameMeasure.Plain(kind), more.Start, false)];
        }

        // "429s on the partner api since 8"
        if (
            Enumerable
                .Range(0, _s.Tokens.Count)
                .FirstOrDefault(
                    i => _s.Tokens[i].Kind == WordTokenKind.Duration && TimeTokens.IsStatus(_s.Tokens[i].Text) && _s.IsUsed(i),
                    -1
                )
                is >= 0
                    and var codes
            && !lists
            && groups.Count == 0
            && !(context.Request.Previous is not null && _s.HasAny(Concept.FollowUp, Concept.OnlyFor))
        )
            return [new MeasureAt(FrameMeasure.Plain(MeasureKind.Count), codes, false)];
        // "show me the requests of checkout per minute"
        if (
            _s.MarksOf(Concept.Request).FirstOrDefault(m => _s.MeansAt(m.End, Concept.EachStep)) is { } each
            && !_s.HasAny(Concept.Slow, Concept.AboveAverage)
        )
        {
            _s.Use(each);
            return [new MeasureAt(FrameMeasure.Plain(MeasureKind.Count), each.Start, false)];
        }

        // "orders per minute at the gateway"
        if (
            _s.MarksOf(Concept.EachStep)
                .FirstOrDefault(m => _s.LinksOf(LinkKind.Service).Concat(_s.LinksOf(LinkKind.Operation)).Any(l => l.End == m.Start))
                is { } step
            && !_s.HasAny(Concept.Slow, Concept.AboveAverage, Concept.Failed)
        )
        {
            _s.Use(_s.Mark(Concept.Show));
            return [new MeasureAt(FrameMeasure.Plain(MeasureKind.Count), step.Start, false)];
        }

        if (lists && groups.Count == 0 && !_s.MayMean(Concept.Share) || _s.MayMean(Concept.Top, Concept.Slowest, Concept.Fastest))
            return [];
        if (_s.Mark(Concept.Failed) is { } failed && (groups.Count > 0 || _s.Has(Concept.Request) || _s.MayMean(Concept.Share)))
            return [new MeasureAt(FrameMeasure.Plain(MeasureKind.Failed), failed.Start, false)];
        if (_s.Mark(Concept.Request) is { } request && !_s.HasAny(Concept.Slow, Concept.AboveAverage))
        {
            _s.Use(request);
            return [new MeasureAt(FrameMeasure.Plain(MeasureKind.Count), request.Start, false)];
        }

        // "calls per minute as a curve", "checkout → payment calls"
        var told = DirectedCalls.AreCounted(context);
        if (_s.MarksOf(Concept.Calls).FirstOrDefault(m => told || _s.MeansAt(m.End, Concept.EachStep)) is { } calls)
        {
            _s.Use(calls);
            return [new MeasureAt(FrameMeasure.Plain(MeasureKind.Count), calls.Start, false)];
        }

        // "how were the checks at X spread over the insurers?"
        if (_s.Mark(Concept.BreakDown) is { } split && groups.Count > 0 && context.HasSubject)
            return [new MeasureAt(FrameMeasure.Plain(MeasureKind.Count), split.Start, false)];
        // "orders per region over time"
        if (_s.Mark(Concept.Plot) is { } plot && groups.Count > 0 && !_s.HasAny(Concept.Slow, Concept.Trouble))
        {
            if (context.HasSubject || _subject.Operations.Count > 0)
                return [new MeasureAt(FrameMeasure.Plain(MeasureKind.Count), plot.Start, false)];
            // What fails was asked for before.
            if (context.Request.Previous?.Plan is { Kind: QuestionKind.Cause or QuestionKind.Affected, Trouble: not Symptom.Latency })
                return [new MeasureAt(FrameMeasure.Plain(MeasureKind.Failed), plot.Start, false)];
        }

        // "orders with more than 3 items", "card payments": how many there are.
        if (lists || groups.Count > 0 || !IsBarePhrase())
            return [];
        var failures = _s.Mark(Concept.Failed);
        return [new MeasureAt(FrameMeasure.Plain(failures is null ? MeasureKind.Count : MeasureKind.Failed), failures?.Start ?? 0, false)];
    }

    // Requests by the name of what they ask for, narrowed, and nothing said of them but that they failed.
    private bool IsBarePhrase() =>
        context.Request.Previous is null
        && !_s.Continues
        && _subject.Services.Count + _subject.Operations.Count > 0
        && _subject.Conditions.Count > 0
        && _s.Links.Any(l => l.Kind is LinkKind.Service or LinkKind.Operation && WordStem.IsPlural(_s.Tokens[l.End - 1].Lower))
        && _s.Marks.All(m => m.Senses.Any(Joining.Contains) || _s.IsUsed(m.Start) || IsByValue(m));

    // "payments by card"
    private bool IsByValue(ConceptMark mark) =>
        mark.Senses.Contains(Concept.By) && _s.LinkAt(mark.End) is { Kind: LinkKind.Value } value && value.End == _s.Tokens.Count;

    private static readonly Concept[] Joining =
    [
        Concept.Preposition,
        Concept.Article,
        Concept.Greater,
        Concept.Less,
        Concept.AtLeast,
        Concept.AtMost,
        Concept.Than,
        Concept.OnlyFor,
        Concept.Failed,
    ];
}
