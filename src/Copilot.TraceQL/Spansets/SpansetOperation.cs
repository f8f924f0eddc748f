namespace Copilot.TraceQL.Spansets;

/// <summary>Two spansets and how they stand to each other: <c>{ } &gt;&gt; { }</c>.</summary>
public sealed record SpansetOperation : SpansetExpression
{
    public SpansetOperation(SpansetOperator op, SpansetExpression left, SpansetExpression right)
    {
        Operator = op;
        Left = left;
        Right = right;
        At = left.At.To(right.At);
        Depth = 1 + Math.Max(left.Depth, right.Depth);
    }

    public SpansetOperator Operator { get; }

    public SpansetExpression Left { get; }

    public SpansetExpression Right { get; }
}
