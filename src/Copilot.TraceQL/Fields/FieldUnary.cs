namespace Copilot.TraceQL.Fields;

/// <summary><c>!x</c> or <c>-x</c>.</summary>
public sealed record FieldUnary : FieldExpression
{
    public FieldUnary(bool isNot, FieldExpression operand)
    {
        IsNot = isNot;
        Operand = operand;
        At = operand.At;
        Depth = 1 + operand.Depth;
    }

    /// <summary>True for <c>!</c>, false for the unary minus.</summary>
    public bool IsNot { get; }

    public FieldExpression Operand { get; }
}
