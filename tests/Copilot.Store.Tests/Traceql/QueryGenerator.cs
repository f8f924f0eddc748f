using Copilot.Telemetry.Records;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;
using FsCheck;
using FsCheck.Fluent;

namespace Copilot.Store.Tests.Traceql;

/// <summary>Queries over what <see cref="SpanGenerator"/> makes; only those that pass the checker are used.</summary>
public static class QueryGenerator
{
    private static readonly Gen<FieldExpression> References = Gen.OneOf(
        Gen.Elements("a", "b", "c", "odd \"name\"", "http.route", "http.response.status_code", "none")
            .Select(n => (FieldExpression)Field.Span(n)),
        Gen.Elements("a", "b", "region", "service.name", "http.route").Select(n => (FieldExpression)Field.Any(n)),
        Gen.Elements("region", "service.name", "a").Select(n => (FieldExpression)Field.Resource(n)),
        Gen.Elements<FieldExpression>(Field.Event("e"), Field.Event("a"), Field.Link("l"), Field.Instrumentation("s")),
        Gen.Elements(
                Intrinsic.Duration,
                Intrinsic.Name,
                Intrinsic.Status,
                Intrinsic.Kind,
                Intrinsic.StatusMessage,
                Intrinsic.SpanId,
                Intrinsic.ParentId,
                Intrinsic.ChildCount,
                Intrinsic.RootName,
                Intrinsic.RootServiceName,
                Intrinsic.TraceDuration,
                Intrinsic.InstrumentationName,
                Intrinsic.EventName,
                Intrinsic.EventTimeSinceStart,
                Intrinsic.LinkSpanId,
                Intrinsic.NestedSetLeft,
                Intrinsic.NestedSetRight,
                Intrinsic.NestedSetParent
            )
            .Select(i => (FieldExpression)Field.Of(i))
    );

    private static readonly Gen<Literal> Literals = Gen.OneOf(
        Gen.Choose(-1, 4).Select(i => Literal.Of((long)i)),
        Gen.Elements(
            Literal.Of(0.5),
            Literal.Of(2.25),
            Literal.Of(500L),
            Literal.Of(TimeSpan.FromMilliseconds(2)),
            Literal.Of(TimeSpan.FromSeconds(1))
        ),
        Gen.Elements("x", "y", "", "api", "cart", "get", "GET /", "eu", "/a", "exception", "boom", "lib", "0000000000000002")
            .Select(Literal.Of),
        Gen.Elements(Literal.Of(true), Literal.Of(false)),
        Gen.Elements(Literal.Status(0), Literal.Status(2), Literal.SpanKind(2), Literal.SpanKind(3)),
        Gen.Constant(Literal.Nil())
    );

    private static readonly Gen<FieldOperator> Comparators = Gen.Elements(
        FieldOperator.Equal,
        FieldOperator.NotEqual,
        FieldOperator.Less,
        FieldOperator.LessOrEqual,
        FieldOperator.Greater,
        FieldOperator.GreaterOrEqual
    );

    private static readonly Gen<FieldExpression> Number = Gen.Frequency(
        (3, References),
        (1, Literals.Select(l => (FieldExpression)l)),
        (
            2,
            from op in Gen.Elements(
                FieldOperator.Add,
                FieldOperator.Subtract,
                FieldOperator.Multiply,
                FieldOperator.Divide,
                FieldOperator.Modulo,
                FieldOperator.Power
            )
            from left in References
            from right in Gen.OneOf(References, Literals.Select(l => (FieldExpression)l))
            select (FieldExpression)new FieldBinary(op, left, right)
        ),
        (1, References.Select(r => (FieldExpression)new FieldUnary(false, r)))
    );

    private static readonly Gen<FieldExpression> Comparison = Gen.Frequency(
        (8, from op in Comparators from left in References from right in Literals select (FieldExpression)new FieldBinary(op, left, right)),
        (1, from op in Comparators from left in Literals from right in References select (FieldExpression)new FieldBinary(op, left, right)),
        (
            1,
            from op in Comparators
            from left in References
            from right in References
            select (FieldExpression)new FieldBinary(op, left, right)
        ),
        (2, from op in Comparators from left in Number from right in Number select (FieldExpression)new FieldBinary(op, left, right)),
        (
            2,
            from op in Gen.Elements(FieldOperator.Matches, FieldOperator.NotMatches)
            from left in References
            from right in Gen.Elements("x|y", ".*", "[a-c].*", "(GET|get).*", @"\d+", "e?u", "x+y?", "[^x]*", @"ap\w")
            select (FieldExpression)new FieldBinary(op, left, Literal.Of(right))
        ),
        (1, References)
    );

    private static Gen<FieldExpression> Condition(int depth) =>
        depth <= 0
            ? Comparison
            : Gen.Frequency(
                (3, Comparison),
                (
                    3,
                    from op in Gen.Elements(FieldOperator.And, FieldOperator.Or)
                    from left in Condition(depth - 1)
                    from right in Condition(depth - 1)
                    select (FieldExpression)new FieldBinary(op, left, right)
                ),
                (1, Condition(depth - 1).Select(c => (FieldExpression)new FieldUnary(true, c)))
            );

    public static readonly Gen<SpansetFilter> Filter = Gen.Frequency(
        (1, Gen.Constant(new SpansetFilter(Literal.Of(true)))),
        (6, from depth in Gen.Choose(0, 2) from condition in Condition(depth) select new SpansetFilter(condition))
    );

    private static Gen<SpansetExpression> Spanset(int depth) =>
        depth <= 0
            ? Filter.Select(f => (SpansetExpression)f)
            : Gen.Frequency(
                (2, Filter.Select(f => (SpansetExpression)f)),
                (
                    4,
                    from op in Gen.Elements(Enum.GetValues<SpansetOperator>())
                    from left in Spanset(depth - 1)
                    from right in Spanset(depth - 1)
                    select (SpansetExpression)new SpansetOperation(op, left, right)
                ),
                (1, Pipelines(depth - 1).Select(p => (SpansetExpression)p))
            );

    private static readonly Gen<PipelineStage> LaterStage = Gen.Frequency(
        (2, Spanset(1).Select(s => (PipelineStage)s)),
        (
            4,
            from kind in Gen.Elements(Enum.GetValues<AggregateKind>())
            from op in Comparators
            from field in Number
            from value in Gen.Elements<ScalarExpression>(
                new ScalarLiteral(Literal.Of(1L)),
                new ScalarLiteral(Literal.Of(2L)),
                new ScalarLiteral(Literal.Of(0.5)),
                new ScalarLiteral(Literal.Of(TimeSpan.FromMilliseconds(3))),
                new ScalarOperation(FieldOperator.Add, new ScalarLiteral(Literal.Of(1L)), new ScalarLiteral(Literal.Of(2L)))
            )
            select (PipelineStage)new ScalarFilter(op, new Aggregate(kind, kind == AggregateKind.Count ? null : field), value)
        ),
        (3, Gen.OneOf(References, Number).Select(f => (PipelineStage)new GroupBy(f))),
        (1, Gen.Constant((PipelineStage)new Coalesce())),
        (1, References.Select(f => (PipelineStage)new Select([f])))
    );

    public static Gen<Pipeline> Pipelines(int depth) =>
        from first in Gen.Frequency(
            (8, Spanset(depth).Select(s => (PipelineStage)s)),
            (1, Gen.Constant(0).SelectMany(_ => LaterStage.Where(s => s is not Coalesce)))
        )
        from count in Gen.Frequency((3, Gen.Constant(0)), (3, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(3)))
        from later in Gen.CollectToList(Enumerable.Range(0, count), _ => LaterStage)
        select new Pipeline([first, .. later]);

    /// <summary>Whole queries, by way of their text, so that printer and parser take part.</summary>
    public static readonly Gen<TraceQlQuery> Searches =
        from depth in Gen.Choose(0, 2)
        from query in Pipelines(depth).Select(p => TraceQlQuery.Of(p)).Select(Checked).Where(q => q is not null)
        select query!;

    private static readonly Gen<MetricsFunction> Functions =
        from kind in Gen.Elements(Enum.GetValues<MetricsFunctionKind>()).Where(k => k != MetricsFunctionKind.Compare)
        from field in Gen.Frequency((2, Gen.Constant((FieldExpression)Field.Of(Intrinsic.Duration))), (2, References))
        from count in Gen.Choose(0, 2)
        from groups in Gen.CollectToList(Enumerable.Range(0, count), _ => References)
        from quantile in Gen.Elements(0, 0.5, 0.9, 0.99, 1)
        select new MetricsFunction(kind)
        {
            Field = kind.TakesField() ? field : null,
            Quantiles = kind == MetricsFunctionKind.QuantileOverTime ? [quantile] : [],
            By = [.. groups.Distinct()],
        };

    private static readonly Gen<MetricsExpression> Measured =
        from depth in Gen.Choose(0, 1)
        from source in Gen.Frequency((3, Filter.Select(f => new Pipeline([f]))), (2, Pipelines(depth)))
        from function in Functions
        select (MetricsExpression)new MetricsQuery(source, function);

    /// <summary>Of the first two minutes of every dataset, some of the time.</summary>
    private static Gen<MetricsExpression> Compared(long start) =>
        from source in Pipelines(0)
        from selection in Filter
        from topN in Gen.Elements(1, 2, 3, 10)
        from bounded in Gen.Elements(true, false)
        select (MetricsExpression)
            new MetricsQuery(
                source,
                new MetricsFunction(MetricsFunctionKind.Compare)
                {
                    Compare = bounded
                        ? new CompareArguments(selection, topN, start, start + (120 * UnixNanos.PerSecond))
                        : new CompareArguments(selection, topN),
                }
            );

    private static Gen<MetricsExpression> Metrics(long start) =>
        Gen.Frequency(
            (6, Measured),
            (1, Compared(start)),
            (
                2,
                from source in Measured
                from stage in Gen.OneOf(
                    Gen.Choose(1, 2).SelectMany(n => Gen.Elements(true, false).Select(largest => (MetricsStage)new RankStage(largest, n))),
                    Comparators.Select(op => (MetricsStage)new ThresholdStage(op, 1))
                )
                select (MetricsExpression)new StagedMetrics(source, [stage])
            ),
            (
                1,
                from op in Gen.Elements(FieldOperator.Add, FieldOperator.Subtract, FieldOperator.Multiply, FieldOperator.Divide)
                from source in Measured
                select (MetricsExpression)new MetricsArithmetic(op, source, new MetricsConstant(2))
            ),
            (
                1,
                from op in Gen.Elements(FieldOperator.Add, FieldOperator.Divide)
                from left in Measured
                from right in Measured
                select (MetricsExpression)new MetricsArithmetic(op, left, right)
            )
        );

    /// <param name="start">When the dataset begins.</param>
    public static Gen<TraceQlQuery> Series(long start) =>
        Metrics(start).Select(m => TraceQlQuery.Of(m)).Select(Checked).Where(q => q is not null).Select(q => q!);

    public static TraceQlQuery? Checked(TraceQlQuery query) =>
        TraceQlParser.TryParse(query.ToString(), out var parsed, out _) ? parsed : null;
}
