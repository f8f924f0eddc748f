using System.Text.RegularExpressions;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Checking;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>All that a query says, taken apart: what words may be accounted for by.</summary>
internal sealed class QueryContent
{
    private readonly List<FieldBinary> _comparisons = [];
    private readonly HashSet<FieldOperator> _operators = [];
    private readonly HashSet<SpansetOperator> _relations = [];
    private readonly HashSet<AggregateKind> _aggregates = [];
    private readonly HashSet<MetricsFunctionKind> _functions = [];
    private readonly List<double> _numbers = [];
    private readonly List<Literal> _contradictions = [];

    private QueryContent(TraceQlQuery query)
    {
        Fields = [.. QueryExpressions.References(query)];
        if (query.Pipeline is { } pipeline)
            Add(pipeline);
        else
            Add(query.Metrics!);
        foreach (var expression in QueryExpressions.WorkedOut(query))
        {
            Add(expression);
            Contradict(expression);
        }

        Texts =
        [
            .. _comparisons
                .Select(c => c.Right)
                .OfType<Literal>()
                .Where(l => l.Kind == LiteralKind.Text)
                .Select(l => Regex.Replace(l.Text, @"\\(.)", "$1")),
        ];
        _numbers.AddRange(_comparisons.Select(c => c.Right).OfType<Literal>().Where(l => l.IsNumber).Select(l => l.Number));
    }

    public HashSet<FieldExpression> Fields { get; }

    public IReadOnlyList<string> Texts { get; }

    /// <summary>Numbers of any kind; lengths of time in nanoseconds, also where the query says them in seconds.</summary>
    public IReadOnlyList<double> Numbers => _numbers;

    public IReadOnlyList<FieldBinary> Comparisons => _comparisons;

    public bool IsSeries { get; private set; }

    public bool IsGrouped { get; private set; }

    public bool IsRanked { get; private set; }

    public bool IsRatio { get; private set; }

    public bool IsScaled { get; private set; }

    public bool IsCompared { get; private set; }

    public bool IsRelated => _relations.Any(r => !r.IsLogical());

    /// <summary>Only what is one step away.</summary>
    public bool IsDirect =>
        _relations.Any(r =>
            r
                is SpansetOperator.Child
                    or SpansetOperator.Parent
                    or SpansetOperator.Sibling
                    or SpansetOperator.NotChild
                    or SpansetOperator.NotParent
                    or SpansetOperator.NotSibling
                    or SpansetOperator.UnionChild
                    or SpansetOperator.UnionParent
                    or SpansetOperator.UnionSibling
        ) || Has(Intrinsic.ChildCount, Intrinsic.ParentId);

    /// <summary>Some alternative that is more than another name of one attribute.</summary>
    public bool HasAlternatives { get; private set; }

    /// <summary>How many things are denied; a root has no parent and a leaf no children.</summary>
    public int Denials =>
        _comparisons.Where(c => c.Operator is FieldOperator.NotEqual or FieldOperator.NotMatches).Select(c => c.Right).Distinct().Count()
        + _comparisons.Count(c =>
            c is { Operator: FieldOperator.Equal, Right: Literal { Kind: LiteralKind.Nil } }
            || c is { Left: IntrinsicReference { Intrinsic: Intrinsic.NestedSetParent or Intrinsic.ChildCount } }
        )
        + _relations.Count(r => r is >= SpansetOperator.NotChild and <= SpansetOperator.NotSibling);

    public static QueryContent Of(TraceQlQuery query) => new(query);

    public bool Has(FieldOperator op) => _operators.Contains(op);

    public bool Has(SpansetOperator op) => _relations.Contains(op);

    public bool Has(AggregateKind kind, MetricsFunctionKind function) => _aggregates.Contains(kind) || _functions.Contains(function);

    public bool Has(MetricsFunctionKind function) => _functions.Contains(function);

    public bool Has(params ReadOnlySpan<Intrinsic> intrinsics)
    {
        foreach (var field in Fields)
        {
            if (field is IntrinsicReference { Intrinsic: var intrinsic } && intrinsics.Contains(intrinsic))
                return true;
        }

        return false;
    }

    /// <summary>Values that cannot be where others must be: no span is of two services.</summary>
    public IReadOnlyList<Literal> Contradictions => _contradictions;

    private void Contradict(FieldExpression condition)
    {
        var equal = Parts(condition).Select(FirstEquality).OfType<FieldBinary>().ToList();
        // "below a but not below b": what is denied of a span that is known to be another says nothing.
        if (IsRelated)
            _contradictions.AddRange(
                _comparisons
                    .Where(c =>
                        c is { Operator: FieldOperator.NotEqual, Right: Literal { Kind: LiteralKind.Text } }
                        && Parts(condition).Contains(c)
                        && equal.Any(e => e.Left == c.Left)
                    )
                    .Select(c => (Literal)c.Right)
            );
        _contradictions.AddRange(
            equal
                .Where((e, i) => equal.Take(i).Any(before => before.Left == e.Left && before.Right != e.Right))
                .Select(e => (Literal)e.Right)
        );
    }

    private static IEnumerable<FieldExpression> Parts(FieldExpression e) =>
        e is FieldBinary { Operator: FieldOperator.And } and ? Parts(and.Left).Concat(Parts(and.Right)) : [e];

    private static FieldBinary? FirstEquality(FieldExpression e) =>
        e switch
        {
            FieldBinary { Operator: FieldOperator.Or } names when Renames.Are(names.Left, names.Right) => FirstEquality(names.Left),
            FieldBinary
            {
                Operator: FieldOperator.Equal,
                Left: IntrinsicReference { Intrinsic: not (Intrinsic.EventName or Intrinsic.LinkTraceId) }
                    or AttributeReference { Scope: not (AttributeScope.Event or AttributeScope.Link) },
                Right: Literal
            } equal => equal,
            _ => null,
        };

    private void Add(FieldExpression expression)
    {
        if (expression is FieldUnary unary)
            Add(unary.Operand);
        if (expression is not FieldBinary binary)
            return;
        _operators.Add(binary.Operator);
        HasAlternatives |= binary.Operator == FieldOperator.Or && !Renames.Are(binary.Left, binary.Right);
        if (binary.Operator.IsComparison())
            _comparisons.Add(binary);
        Add(binary.Left);
        Add(binary.Right);
    }

    private void Add(MetricsExpression metrics)
    {
        IsSeries = true;
        switch (metrics)
        {
            case MetricsQuery query:
                Add(query.Source);
                _functions.Add(query.Function.Kind);
                _numbers.AddRange(query.Function.Quantiles.SelectMany(q => new[] { q, Math.Round(q * 100, 6) }));
                IsGrouped |= query.Function.By.Count > 0;
                IsCompared |= query.Function.Compare is not null;
                break;
            case StagedMetrics staged:
                Add(staged.Source);
                foreach (var stage in staged.Stages)
                    Add(stage);
                break;
            case MetricsArithmetic arithmetic:
                IsRatio |= arithmetic is { Operator: FieldOperator.Divide, Right: not MetricsConstant };
                Add(arithmetic.Left);
                Add(arithmetic.Right);
                break;
            case MetricsConstant constant:
                IsScaled = true;
                _numbers.Add(constant.Value);
                break;
        }
    }

    private void Add(MetricsStage stage)
    {
        if (stage is RankStage rank)
        {
            IsRanked = true;
            _numbers.Add(rank.Count);
        }
        else if (stage is ThresholdStage threshold)
        {
            _operators.Add(threshold.Operator);
            _numbers.AddRange([threshold.Value, threshold.Value * 1e9, threshold.Value * 100]);
        }
    }

    private void Add(PipelineStage stage)
    {
        switch (stage)
        {
            case Pipeline pipeline:
                foreach (var inner in pipeline.Stages)
                    Add(inner);
                break;
            case SpansetOperation operation:
                _relations.Add(operation.Operator);
                Add(operation.Left);
                Add(operation.Right);
                break;
            case GroupBy:
                IsGrouped = true;
                break;
            case ScalarFilter filter:
                _operators.Add(filter.Operator);
                if (filter.Left is Aggregate aggregate)
                    _aggregates.Add(aggregate.Kind);
                if (filter.Right is ScalarLiteral value)
                    _numbers.Add(value.Value.Number);
                break;
        }
    }
}
