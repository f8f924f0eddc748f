using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Scalars;

/// <summary>Arithmetic between scalars: <c>1 - 3</c>, <c>sum(.a) / count()</c>.</summary>
public sealed record ScalarOperation : ScalarExpression
{
    public ScalarOperation(FieldOperator op, ScalarExpression left, ScalarExpression right)
    {
        Operator = op;
        Left = left;
        Right = right;
        At = left.At.To(right.At);
        Depth = 1 + Math.Max(left.Depth, right.Depth);
    }

    public FieldOperator Operator { get; }

    public ScalarExpression Left { get; }

    public ScalarExpression Right { get; }
}
