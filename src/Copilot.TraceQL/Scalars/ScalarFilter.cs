using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Spansets;

namespace Copilot.TraceQL.Scalars;

/// <summary><c>count() &gt; 2</c>: keeps the spansets for which the comparison holds.</summary>
public sealed record ScalarFilter : PipelineStage
{
    public ScalarFilter(FieldOperator op, ScalarExpression left, ScalarExpression right)
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
