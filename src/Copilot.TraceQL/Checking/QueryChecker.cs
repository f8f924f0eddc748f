using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Checking;

/// <summary>Finds what parses but means nothing, or is not supported.</summary>
internal sealed class QueryChecker
{
    private readonly CheckIssues _issues;
    private readonly FieldChecker _fields;

    private QueryChecker(string text)
    {
        _issues = new CheckIssues(text);
        _fields = new FieldChecker(_issues);
    }

    public static TraceQlError? Check(TraceQlQuery query, string text)
    {
        var checker = new QueryChecker(text);
        if (query.Pipeline is { } pipeline)
            checker.Stage(pipeline);
        if (query.Metrics is { } metrics)
            checker.Metrics(metrics);
        return checker._issues.Worst;
    }

    private void Stage(PipelineStage stage)
    {
        switch (stage)
        {
            case SpansetFilter filter:
                _fields.Condition(filter.Condition, filter.At);
                break;
            case SpansetOperation operation:
                Stage(operation.Left);
                Stage(operation.Right);
                break;
            case Pipeline pipeline:
                foreach (var inner in pipeline.Stages)
                    Stage(inner);
                break;
            case GroupBy by:
                _fields.TypeOf(by.Expression);
                if (!FieldChecker.ReferencesSpan(by.Expression))
                    _issues.Invalid(by.Expression.At, "a group must depend on the span, expected an attribute or intrinsic in by()");
                break;
            case Select select:
                foreach (var field in select.Fields)
                    _fields.TypeOf(field);
                break;
            case ScalarFilter filter:
                ScalarFilter(filter);
                break;
        }
    }

    private void ScalarFilter(ScalarFilter filter)
    {
        Scalar(filter.Left);
        Scalar(filter.Right);
        if (filter.Left is not Aggregate)
            _issues.Unsupported(
                filter.Left.At,
                "only one aggregate, such as avg(duration), can stand on the left of a comparison; calculation with "
                    + "aggregates is not supported"
            );
        else if (!IsConstant(filter.Right))
            _issues.Unsupported(
                filter.Right.At,
                "an aggregate can only be compared with a number or a duration, not with another aggregate"
            );
    }

    private void Scalar(ScalarExpression scalar)
    {
        switch (scalar)
        {
            case Aggregate { Expression: { } expression } aggregate:
                var type = _fields.TypeOf(expression);
                if (!FieldTypes.IsNumeric(type) && type != TraceQlType.Unknown)
                    _issues.Invalid(
                        expression.At,
                        $"{aggregate.Kind.ToString().ToLowerInvariant()}() needs a number, but this is {FieldTypes.Described(type)}"
                    );
                else if (!FieldChecker.ReferencesSpan(expression))
                    _issues.Invalid(expression.At, "an aggregate must depend on the span, expected an attribute or intrinsic");
                break;
            case ScalarOperation operation:
                Scalar(operation.Left);
                Scalar(operation.Right);
                break;
            case ScalarPipeline pipeline:
                Stage(pipeline.Source);
                Scalar(pipeline.Aggregate);
                break;
        }
    }

    private static bool IsConstant(ScalarExpression scalar) =>
        scalar is ScalarLiteral || (scalar is ScalarOperation o && IsConstant(o.Left) && IsConstant(o.Right));

    private void Metrics(MetricsExpression metrics)
    {
        switch (metrics)
        {
            case MetricsQuery query:
                Stage(query.Source);
                Function(query.Function);
                break;
            case MetricsArithmetic arithmetic:
                RefuseCompare(arithmetic.Left, "calculated with");
                RefuseCompare(arithmetic.Right, "calculated with");
                Metrics(arithmetic.Left);
                Metrics(arithmetic.Right);
                break;
            case StagedMetrics staged:
                RefuseCompare(staged.Source, "ranked or compared further");
                foreach (var rank in staged.Stages.OfType<RankStage>().Where(r => r.Count == 0))
                    _issues.Invalid(rank.At, $"{(rank.Largest ? "topk" : "bottomk")} needs a number of at least 1");
                Metrics(staged.Source);
                break;
        }
    }

    private void RefuseCompare(MetricsExpression metrics, string what)
    {
        if (metrics is MetricsQuery { Function.Kind: MetricsFunctionKind.Compare } compare)
            _issues.Invalid(compare.Function.At, $"the result of compare() cannot be {what}");
    }

    private void Function(MetricsFunction function)
    {
        foreach (var field in function.By)
            _fields.TypeOf(field);
        if (
            function.Field is { } measured
            && _fields.TypeOf(measured) is var type
            && !FieldTypes.IsNumeric(type)
            && type != TraceQlType.Unknown
        )
            _issues.Invalid(measured.At, $"{function.Kind.Written()}() needs a number, but {measured} is {FieldTypes.Described(type)}");
        foreach (var quantile in function.Quantiles.Where(q => q is not (>= 0 and <= 1)))
            _issues.Invalid(function.At, FormattableString.Invariant($"a quantile lies between 0 and 1, but {quantile} was given"));
        if (function.Compare is not { } compare)
            return;
        Stage(compare.Selection);
        if (compare.TopN == 0)
            _issues.Invalid(function.At, "compare() needs a number of values of at least 1");
        if (compare.StartNanoseconds >= compare.EndNanoseconds)
            _issues.Invalid(function.At, "the start of compare() must lie before its end");
    }
}

/// <summary>What a check found. What is invalid outweighs what is merely unsupported; within each the first counts.</summary>
internal sealed class CheckIssues(string text)
{
    private TraceQlError? _invalid;
    private TraceQlError? _unsupported;

    public TraceQlError? Worst => _invalid ?? _unsupported;

    public void Invalid(SourceSpan at, string message) => _invalid ??= TextPosition.Locate(text, at, TraceQlErrorKind.Invalid, message);

    public void Unsupported(SourceSpan at, string message) =>
        _unsupported ??= TextPosition.Locate(text, at, TraceQlErrorKind.Unsupported, message);
}
