using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Sentences;
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
}
