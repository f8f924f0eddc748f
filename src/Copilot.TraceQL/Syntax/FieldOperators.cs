namespace Copilot.TraceQL.Syntax;

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

/// <summary>How the operators are written, how tightly they bind, and what family they belong to.</summary>
public static class FieldOperators
{
    /// <summary><c>&amp;&amp;</c> and <c>||</c> share one level, as in Tempo: <c>a || b &amp;&amp; c</c> is <c>(a || b) &amp;&amp;
    /// c</c>.</summary>
    internal const int Logical = 1;
    internal const int Comparison = 2;
    internal const int Sum = 3;
    internal const int Not = 4;
    internal const int Product = 5;
    internal const int Exponent = 6;

    private static readonly Dictionary<string, FieldOperator> BySymbol = Enum.GetValues<FieldOperator>().ToDictionary(Symbol);

    public static string Symbol(this FieldOperator op) =>
        op switch
        {
            FieldOperator.And => "&&",
            FieldOperator.Or => "||",
            FieldOperator.Equal => "=",
            FieldOperator.NotEqual => "!=",
            FieldOperator.Less => "<",
            FieldOperator.LessOrEqual => "<=",
            FieldOperator.Greater => ">",
            FieldOperator.GreaterOrEqual => ">=",
            FieldOperator.Matches => "=~",
            FieldOperator.NotMatches => "!~",
            FieldOperator.Add => "+",
            FieldOperator.Subtract => "-",
            FieldOperator.Multiply => "*",
            FieldOperator.Divide => "/",
            FieldOperator.Modulo => "%",
            _ => "^",
        };

    public static bool IsLogical(this FieldOperator op) => op is FieldOperator.And or FieldOperator.Or;

    public static bool IsRegex(this FieldOperator op) => op is FieldOperator.Matches or FieldOperator.NotMatches;

    public static bool IsArithmetic(this FieldOperator op) => op >= FieldOperator.Add;

    public static bool IsEquality(this FieldOperator op) => op is FieldOperator.Equal or FieldOperator.NotEqual;

    public static bool IsComparison(this FieldOperator op) => !op.IsLogical() && !op.IsArithmetic();

    public static bool IsOrdering(this FieldOperator op) => op is >= FieldOperator.Less and <= FieldOperator.GreaterOrEqual;

    /// <summary>Whether a comparison of two numbers holds.</summary>
    public static bool Holds(this FieldOperator op, double value, double bound) =>
        op switch
        {
            FieldOperator.Equal => value == bound,
            FieldOperator.NotEqual => value != bound,
            FieldOperator.Less => value < bound,
            FieldOperator.LessOrEqual => value <= bound,
            FieldOperator.Greater => value > bound,
            _ => value >= bound,
        };

    internal static bool TryParse(string symbol, out FieldOperator op) => BySymbol.TryGetValue(symbol, out op);

    internal static FieldOperator Parse(string symbol) => BySymbol[symbol];

    internal static int Precedence(this FieldOperator op) =>
        op switch
        {
            FieldOperator.And or FieldOperator.Or => Logical,
            FieldOperator.Add or FieldOperator.Subtract => Sum,
            FieldOperator.Multiply or FieldOperator.Divide or FieldOperator.Modulo => Product,
            FieldOperator.Power => Exponent,
            _ => Comparison,
        };

    /// <summary>The same comparison with its sides swapped: <c>3 &lt; .a</c> is <c>.a &gt; 3</c>.</summary>
    public static FieldOperator Mirrored(this FieldOperator op) =>
        op switch
        {
            FieldOperator.Less => FieldOperator.Greater,
            FieldOperator.LessOrEqual => FieldOperator.GreaterOrEqual,
            FieldOperator.Greater => FieldOperator.Less,
            FieldOperator.GreaterOrEqual => FieldOperator.LessOrEqual,
            _ => op,
        };
}
