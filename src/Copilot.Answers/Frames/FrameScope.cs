using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Tables;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Frames;

/// <summary>One frame with the plan and the window that it is read for: a question's own, or one side of it.</summary>
internal sealed record FrameScope(QuestionPlan Plan, QueryFrame Frame, TimeWindow Window)
{
    public string Printed => FrameQuery.Print(Plan, Frame);

    /// <summary>What rows stand for, by the names of the columns.</summary>
    public IReadOnlyList<(string Column, SpanGroup Group)> Groups => [.. GroupsOf(Frame).DistinctBy(group => group.Group)];

    public FrameScope Narrowed(FieldExpression condition) =>
        this with
        {
            Frame = Frame with { Where = Frame.Where?.And(condition) ?? condition },
        };

    public SpanTableQuery Query(TimeSpan? step = null)
    {
        var (filter, where) = Lifted(PlanSpans.FilterOf(Plan), Frame.Where);
        return new SpanTableQuery
        {
            Over = Frame.Over switch
            {
                FramePopulation.Spans => SpanPopulation.Spans,
                FramePopulation.Traces => SpanPopulation.Traces,
                _ => SpanPopulation.Requests,
            },
            Window = Window,
            Filter = filter,
            Where = where,
            InTrace = Frame.InTrace,
            NotInTrace = Frame.NotInTrace,
            CalledBy = Frame.CalledBy,
            State = Frame.State,
            By = [.. Groups.Select(group => group.Group)],
            Measures = [.. Frame.Measures.Select(Measure)],
            Step = step,
        };
    }

    private static IEnumerable<(string Column, SpanGroup Group)> GroupsOf(QueryFrame frame)
    {
        foreach (var group in frame.By)
        {
            if (group.Kind != FrameGroupKind.Attribute)
                yield return ("service", SpanGroup.OfService);
            if (group.Kind == FrameGroupKind.Operation)
                yield return ("operation", SpanGroup.OfOperation);
            if (group is { Kind: FrameGroupKind.Attribute, Field: { } field })
                yield return (group.Column, new SpanGroup(WithoutPlace(field), group.InTrace));
        }
    }

    // Where it stood in a text makes no field another one.
    private static FieldExpression WithoutPlace(FieldExpression field) =>
        field is AttributeReference attribute ? new AttributeReference(attribute.Scope, attribute.Name, attribute.OfParent) : field;

    // A service or an operation by name is known of every request, also where not every span is stored.
    private static (SpanFilter Filter, FieldExpression? Where) Lifted(SpanFilter filter, FieldExpression? where)
    {
        var kept = new List<FieldExpression>();
        foreach (var term in Terms(where))
        {
            if (
                filter.Services.Count == 0
                && term
                    is FieldBinary
                    {
                        Operator: FieldOperator.Equal,
                        Left: AttributeReference { Scope: AttributeScope.Resource, Name: "service.name", OfParent: false },
                        Right: Literal { Kind: LiteralKind.Text } service,
                    }
            )
                filter = filter with { Services = [service.Text] };
            else if (
                filter.Operations.Count == 0
                && term
                    is FieldBinary
                    {
                        Operator: FieldOperator.Equal,
                        Left: IntrinsicReference { Intrinsic: Intrinsic.Name },
                        Right: Literal { Kind: LiteralKind.Text } operation,
                    }
            )
                filter = filter with { Operations = [operation.Text] };
            else
                kept.Add(term);
        }

        return (filter, Field.All(kept));
    }

    private static IEnumerable<FieldExpression> Terms(FieldExpression? where) =>
        where switch
        {
            null => [],
            FieldBinary { Operator: FieldOperator.And } and => Terms(and.Left).Concat(Terms(and.Right)),
            _ => [where],
        };

    private SpanMeasure Measure(FrameMeasure measure) =>
        new()
        {
            Kind = measure.Kind is MeasureKind.Last or MeasureKind.Increase
                ? throw new InvalidOperationException($"{measure.Kind} is a measure of metrics.")
                : measure.Kind,
            Percent = measure.Percent ?? 0,
            Of = measure.Of,
            Part = measure.Part,
            PartState = measure.PartState,
            Per = measure.Per ?? TimeSpan.FromSeconds(1),
            PeakStep = Frame.Step ?? TimeSpan.FromSeconds(10),
        };
}
