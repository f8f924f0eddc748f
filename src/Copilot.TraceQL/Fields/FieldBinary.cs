namespace Copilot.TraceQL.Fields;

/// <summary>Two operands and what stands between them: <c>.a = 1</c>, <c>a &amp;&amp; b</c>, <c>.x + 2</c>.</summary>
public sealed record FieldBinary : FieldExpression
{
    public FieldBinary(FieldOperator op, FieldExpression left, FieldExpression right)
    {
        Operator = op;
        Left = left;
        Right = right;
        At = left.At.To(right.At);
        Depth = 1 + Math.Max(left.Depth, right.Depth);
    }

    public FieldOperator Operator { get; }

    public FieldExpression Left { get; }

    public FieldExpression Right { get; }
}
