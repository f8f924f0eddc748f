namespace Copilot.TraceQL.Fields;

/// <summary>The operators inside the braces of a spanset filter.</summary>
public enum FieldOperator
{
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    NotMatches,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Power,
}
