using Copilot.Store.Commands;
using Copilot.Store.Traceql.Conditions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Search;

/// <summary>
/// A pipeline as steps of one statement. A row is a span in a spanset; the spanset is its trace and <c>grp</c>, which by() makes finer.
/// </summary>
internal sealed class PipelineSql
{
    /// <summary>Stands for the columns of a span until all of them are known.</summary>
    private const string Columns = "%columns%";

    private readonly Ctes _ctes = new();
    private readonly ConditionSql _conditions;
    private readonly TraceRows _traces;
    private readonly SqlParameters _parameters;
    private readonly StructureSql _structure;

    public PipelineSql(SqlParameters parameters, TimeWindow window)
    {
        _conditions = new ConditionSql(parameters, window);
        _traces = new TraceRows(window, parameters);
        _parameters = parameters;
        Spans = new SpanColumns(_conditions);
        _structure = new StructureSql(_ctes, _traces);
    }

    public SpanColumns Spans { get; }

    /// <summary>What by() grouped and select() named, in their order: the values to show beside each span, with what grouped by it has as
    /// column.</summary>
    public OrderedDictionary<FieldExpression, string?> Shown { get; } = [];

    /// <summary>
    /// The statement's <c>with</c>, up to a step named <c>result</c>; every column must have been asked of <see cref="Spans"/> before.
    /// </summary>
    /// <param name="pipeline">A checked pipeline.</param>
    /// <param name="askColumns">Asks for the columns that the rest of the statement wants.</param>
    /// <param name="onlySpans">A further condition on <c>spans s</c>, beginning with "and".</param>
    public string Compile(Pipeline pipeline, Action<SpanColumns> askColumns, string onlySpans = "")
    {
        ArgumentNullException.ThrowIfNull(askColumns);
        var leaves = FirstFilters(pipeline.Stages[0]);
        foreach (var leaf in leaves ?? [])
            Spans.Condition(leaf);
        // The reading of spans comes first in the statement but is known last.
        _ctes.AddAs("w", "materialized (%spans%)");
        var start = _ctes.Add("q", $"(select {Columns}, '' as grp from w)");
        var result = Stages(pipeline, start);
        _ctes.AddAs("result", $"materialized (select * from {result})");
        askColumns(Spans);
        var known = leaves is [var only] ? Spans.Condition(only) : "";
        var read =
            $"select row_number() over () as rid, {Spans.Select(known)} {_conditions.From(_traces.InWindow("s") + onlySpans, leaves)}";
        return _ctes.With().Replace("%spans%", read, StringComparison.Ordinal).Replace(Columns, Spans.Names, StringComparison.Ordinal);
    }

    /// <summary>The filters of which every span of the pipeline's first stage meets at least one; null where all spans count.</summary>
    private static List<FieldExpression>? FirstFilters(PipelineStage stage)
    {
        switch (stage)
        {
            case SpansetFilter { IsEverything: true }:
                return null;
            case SpansetFilter filter:
                return [filter.Condition];
            case Pipeline pipeline:
                return FirstFilters(pipeline.Stages[0]);
            case SpansetOperation operation:
                return FirstFilters(operation.Left) is { } left && FirstFilters(operation.Right) is { } right ? [.. left, .. right] : null;
            default:
                return null;
        }
    }

    private string Stages(Pipeline pipeline, string input) => pipeline.Stages.Aggregate(input, (at, stage) => Stage(stage, at));

    private string Stage(PipelineStage stage, string input)
    {
        switch (stage)
        {
            case SpansetExpression spanset:
                return Spanset(spanset, input);
            case GroupBy by:
                // A rank instead of the value: 1 and 1.0 are one group, as they are equal.
                var value = Shown[by.Expression] = Spans.Json(by.Expression);
                return _ctes.Add(
                    "q",
                    $"(select {Columns}, i.grp || '/' || dense_rank() over (partition by i.trace_id, i.grp order by "
                        + $"{value}) as grp from {input} i)"
                );
            case Coalesce:
                return _ctes.Add("q", $"(select {Columns}, '' as grp from {input} i)");
            case Select select:
                foreach (var field in select.Fields)
                    Shown.TryAdd(field, null);

                return input;
            case ScalarFilter filter:
                return Scalar(filter, input);
            default:
                throw new UnsupportedExpressionException($"the stage {stage} cannot be run here", stage.At);
        }
    }

    private string Spanset(SpansetExpression spanset, string input)
    {
        switch (spanset)
        {
            case SpansetFilter { IsEverything: true }:
                return input;
            case SpansetFilter filter:
                return _ctes.Add("q", $"(select i.* from {input} i where i.{Spans.Condition(filter.Condition)})");
            case Pipeline pipeline:
                // Groups made inside the brackets end there.
                return _ctes.Add("q", $"(select i.* from {input} i where i.rid in (select rid from {Stages(pipeline, input)}))");
            case SpansetOperation operation:
                var left = Spanset(operation.Left, input);
                var right = Spanset(operation.Right, input);
                if (!operation.Operator.IsLogical())
                    return _structure.Relate(operation.Operator, left, right);
                var both = operation.Operator == SpansetOperator.And ? $" and {In(left)} and {In(right)}" : "";
                return _ctes.Add(
                    "q",
                    $"(select i.* from {input} i where (i.rid in (select rid from {left}) or i.rid in (select rid from {right})){both})"
                );
            default:
                throw new UnsupportedExpressionException($"{spanset} cannot be run here", spanset.At);
        }
    }

    private static string In(string step) => $"(i.trace_id, i.grp) in (select trace_id, grp from {step})";

    private string Scalar(ScalarFilter filter, string input)
    {
        if (filter.Left is not Aggregate aggregate)
            throw new UnsupportedExpressionException("only one aggregate can stand on the left of a comparison", filter.At);
        var value = aggregate.Expression is null
            ? "count(*)"
            : $"{aggregate.Kind.ToString().ToLowerInvariant()}({Spans.Number(aggregate.Expression)})";
        var symbol = filter.Operator == FieldOperator.NotEqual ? "<>" : filter.Operator.Symbol();
        return _ctes.Add(
            "q",
            $"(select i.* from {input} i where (i.trace_id, i.grp) in (select trace_id, grp from {input} group by "
                + $"trace_id, grp having {value} {symbol} {Constant(filter.Right)}))"
        );
    }

    private string Constant(ScalarExpression scalar) =>
        scalar switch
        {
            ScalarLiteral { Value.Kind: LiteralKind.Float } literal => _parameters.Numeric(
                (decimal)Math.Clamp(literal.Value.Float, -1e27, 1e27)
            ),
            ScalarLiteral literal => _parameters.Bigint(literal.Value.Integer) + "::numeric",
            ScalarOperation { Operator: FieldOperator.Divide } o => $"({Constant(o.Left)} / nullif({Constant(o.Right)}, 0))",
            ScalarOperation { Operator: FieldOperator.Modulo } o => $"({Constant(o.Left)} % nullif({Constant(o.Right)}, 0))",
            ScalarOperation { Operator: FieldOperator.Power } o => $"traceql_power({Constant(o.Left)}, {Constant(o.Right)})",
            ScalarOperation o => $"({Constant(o.Left)} {o.Operator.Symbol()} {Constant(o.Right)})",
            _ => throw new UnsupportedExpressionException("an aggregate can only be compared with a number", scalar.At),
        };
}
