using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Metrics;

/// <summary><c>+ - * /</c> between series with the same labels, or with a number.</summary>
public sealed record MetricsArithmetic : MetricsExpression
{
    public MetricsArithmetic(FieldOperator op, MetricsExpression left, MetricsExpression right)
    {
        Operator = op;
        Left = left;
        Right = right;
        At = left.At.To(right.At);
        Depth = 1 + Math.Max(left.Depth, right.Depth);
    }

    public FieldOperator Operator { get; }

    public MetricsExpression Left { get; }

    public MetricsExpression Right { get; }
}
