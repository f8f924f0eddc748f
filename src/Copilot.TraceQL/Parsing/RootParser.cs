using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Parsing;

/// <summary>A whole query, and pipelines wherever they stand.</summary>
internal sealed class RootParser
{
    private readonly TokenReader _tokens;
    private readonly StageParser _stages;
    private readonly MetricsParser _metrics;
    private readonly OperandCombiner _combiner;

    public RootParser(string text, bool lenient)
    {
        _tokens = new TokenReader(text, lenient);
        var fields = new FieldParser(_tokens);
        _stages = new StageParser(_tokens, fields);
        _metrics = new MetricsParser(_tokens, fields, _stages);
        _combiner = new OperandCombiner(_tokens);
    }

    public TraceQlQuery ParseRoot()
    {
        if (_tokens.Current.Kind == TokenKind.End)
            throw new SyntaxException("the query is empty, expected a spanset such as { status = error }", _tokens.Current.At);
        var body = ParsePipeline(nested: false);
        var query = body switch
        {
            Operand.Series series => TraceQlQuery.Of(series.Expression),
            Operand.Spans { Expression: Pipeline pipeline } => TraceQlQuery.Of(pipeline),
            _ => throw _tokens.Unexpected("a spanset"),
        };
        if (_tokens.AtCall("with"))
            query = query with { Hints = _stages.ParseHints() };
        return _tokens.Current.Kind == TokenKind.End ? query : throw _tokens.Unexpected(WhatMayFollow(body));
    }

    private static string WhatMayFollow(Operand body) =>
        body is Operand.Series ? "`|` with topk or bottomk, a comparison, `with` or the end" : "`|`, `with` or the end";

    /// <summary>Stages up to the end or the closing bracket. In brackets it may also be a number, a scalar, or end in an
    /// aggregate.</summary>
    private Operand ParsePipeline(bool nested)
    {
        var stages = new List<PipelineStage>();
        while (true)
        {
            if (_metrics.TryParseFunction(stages, out var metrics))
                return new Operand.Series(_metrics.ParseSecondStages(metrics, ParseConstant));
            var start = _tokens.Current;
            var operand = ParseExpression(1, stages.Count == 0);
            switch (operand)
            {
                case Operand.Spans spans:
                    stages.Add(spans.Expression);
                    break;
                case Operand.Filter filter:
                    stages.Add(filter.Comparison);
                    break;
                case Operand.Stage stage:
                    stages.Add(stage.Value);
                    break;
                case Operand.Series series when stages.Count == 0:
                    return new Operand.Series(_metrics.ParseSecondStages(series.Expression, ParseConstant));
                case Operand.Scalar { Expression: Aggregate aggregate } when nested && stages.Count > 0 && _tokens.Current.IsSymbol(")"):
                    return new Operand.PipelineScalar(new ScalarPipeline(new Pipeline([.. stages]), aggregate));
                case Operand.Scalar or Operand.PipelineScalar when nested && stages.Count == 0 && _tokens.Current.IsSymbol(")"):
                    return operand;
                case Operand.Scalar { IsConstant: true } when _tokens.Current.Kind == TokenKind.End || _tokens.Current.IsSymbol("|"):
                    throw new SyntaxException($"unexpected {start.Described}, expected a stage of a pipeline", start.At);
                case Operand.Series:
                    throw new SyntaxException("a metrics query cannot be a later stage of a pipeline", start.At);
                default:
                    throw _tokens.Unexpected("a comparison, such as `> 2`");
            }

            _tokens.CheckDepth(stages[^1].Depth);
            if (!_tokens.TakeIf("|"))
                return new Operand.Spans(new Pipeline([.. stages]));
        }
    }

    /// <summary>Operands and the operators between them, by precedence climbing.</summary>
    private Operand ParseExpression(int precedence, bool first)
    {
        var left = ParseOperand(first);
        while (_tokens.Current.Kind == TokenKind.Symbol && OperandCombiner.Precedence(left, _tokens.Current.Text) is var binding and > 0)
        {
            if (binding < precedence)
                break;
            var op = _tokens.Take();
            _combiner.CheckStartOfRight(left, op.Text);
            var rightStart = _tokens.Current;
            var right = ParseExpression(op.Text == "^" ? binding : binding + 1, first);
            left = _combiner.Combine(left, op.Text, right, rightStart);
        }

        return left;
    }

    private Operand ParseOperand(bool first)
    {
        if (_tokens.Current.IsSymbol("("))
            return ParseBrackets();
        if (_tokens.Current.IsSymbol("{"))
            return new Operand.Spans(_stages.ParseFilter());
        if (_stages.TryParseStage(first, out var stage))
            return new Operand.Stage(stage);
        if (_stages.TryParseAggregate(out var aggregate))
            return new Operand.Scalar(aggregate, false);
        if (_stages.TryParseNumber(out var number))
            return new Operand.Scalar(new ScalarLiteral(number) { At = number.At }, true);
        throw _tokens.Unexpected("a spanset in braces, an aggregate or `(`");
    }

    private Operand ParseBrackets()
    {
        _tokens.Enter();
        var open = _tokens.Take();
        var inner = ParsePipeline(nested: true);
        if (!_tokens.Current.IsSymbol(")"))
            throw _tokens.Unexpected(inner is Operand.Spans ? "`)` or `|`" : "`)`");
        _tokens.Take();
        _tokens.Leave();
        return inner switch
        {
            // A lone spanset in brackets is just itself; anything longer stays a pipeline.
            Operand.Spans { Expression: Pipeline { Stages: [SpansetExpression only] } } => new Operand.Spans(only),
            Operand.Spans spans => new Operand.Spans(spans.Expression with { At = open.At.To(_tokens.Previous.At) }),
            _ => inner,
        };
    }

    /// <summary>The number that results are compared with; arithmetic on numbers is worked out here.</summary>
    private double ParseConstant()
    {
        var start = _tokens.Current;
        var operand = ParseExpression(3, first: false);
        return operand is Operand.Scalar { IsConstant: true } constant
            ? ConstantFolder.ThresholdOf(constant.Expression)
            : throw new SyntaxException($"unexpected {start.Described}, expected a number or a duration", start.At);
    }
}
