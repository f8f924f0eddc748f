using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Tests.Queries;

/// <summary>Which attributes and intrinsics a query speaks of, and what it compares them with.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<FieldExpression, HashSet<Literal>> _words = [];

    public IReadOnlyDictionary<FieldExpression, HashSet<Literal>> Words => _words;

    /// <summary>The most spans of a trace that are counted.</summary>
    public int Spans { get; private set; }

    public static Vocabulary Of(TraceQlQuery query)
    {
        var vocabulary = new Vocabulary();
        if (query.Pipeline is { } pipeline)
            vocabulary.Add(pipeline);
        else
            vocabulary.Add(query.Metrics!);
        return vocabulary;
    }

    private void Add(MetricsExpression metrics)
    {
        switch (metrics)
        {
            case MetricsQuery query:
                Add(query.Source);
                foreach (var field in query.Function.By.Append(query.Function.Field).OfType<FieldExpression>())
                    Add(field);
                if (query.Function.Compare is { } compare)
                    Add(compare.Selection);
                break;
            case StagedMetrics staged:
                Add(staged.Source);
                // Results in seconds come from durations in nanoseconds.
                if (staged.Source is MetricsQuery { Function.Field: IntrinsicReference { Intrinsic: Intrinsic.Duration } measured })
                {
                    foreach (var threshold in staged.Stages.OfType<ThresholdStage>())
                        Compared(measured, Literal.Nanoseconds((long)(threshold.Value * 1e9)));
                }

                break;
            case MetricsArithmetic arithmetic:
                Add(arithmetic.Left);
                Add(arithmetic.Right);
                break;
        }
    }

    private void Add(PipelineStage stage)
    {
        switch (stage)
        {
            case SpansetFilter filter:
                Add(filter.Condition);
                break;
            case SpansetOperation operation:
                Add(operation.Left);
                Add(operation.Right);
                break;
            case Pipeline pipeline:
                foreach (var inner in pipeline.Stages)
                    Add(inner);
                break;
            case GroupBy by:
                Add(by.Expression);
                break;
            case ScalarFilter { Left: Aggregate { Kind: AggregateKind.Count }, Right: ScalarLiteral count }:
                Spans = Math.Max(Spans, (int)count.Value.Number);
                break;
            case ScalarFilter { Left: Aggregate { Expression: { } measured }, Right: ScalarLiteral right }:
                Add(measured);
                Compared(measured, right.Value);
                break;
        }
    }

    private void Add(FieldExpression expression)
    {
        switch (expression)
        {
            case FieldBinary binary:
                Add(binary.Left);
                Add(binary.Right);
                if (binary is { Right: Literal literal })
                    Compared(binary.Left, literal);
                // An attribute beside a length is one.
                if (binary is { Right: IntrinsicReference { Intrinsic: Intrinsic.Duration } })
                    Compared(binary.Left, Literal.Nanoseconds(300_000_000));
                break;
            case FieldUnary unary:
                Add(unary.Operand);
                break;
            case AttributeReference or IntrinsicReference:
                _words.TryAdd(expression, []);
                break;
        }
    }

    private void Compared(FieldExpression field, Literal value)
    {
        if (field is FieldBinary sum)
        {
            Compared(sum.Left, value);
            Compared(sum.Right, value);
        }

        if (field is AttributeReference or IntrinsicReference && _words.TryGetValue(field, out var values))
            values.Add(value);
    }
}
