namespace Copilot.TraceQL.Spansets;

/// <summary>How the operators between spansets are written.</summary>
public static class SpansetOperators
{
    private static readonly Dictionary<string, SpansetOperator> BySymbol = Enum.GetValues<SpansetOperator>().ToDictionary(Symbol);

    public static string Symbol(this SpansetOperator op) => op switch
    {
        SpansetOperator.And => "&&",
        SpansetOperator.Or => "||",
        SpansetOperator.Child => ">",
        SpansetOperator.Parent => "<",
        SpansetOperator.Descendant => ">>",
        SpansetOperator.Ancestor => "<<",
        SpansetOperator.Sibling => "~",
        SpansetOperator.NotChild => "!>",
        SpansetOperator.NotParent => "!<",
        SpansetOperator.NotDescendant => "!>>",
        SpansetOperator.NotAncestor => "!<<",
        SpansetOperator.NotSibling => "!~",
        SpansetOperator.UnionChild => "&>",
        SpansetOperator.UnionParent => "&<",
        SpansetOperator.UnionDescendant => "&>>",
        SpansetOperator.UnionAncestor => "&<<",
        _ => "&~",
    };

    public static bool IsLogical(this SpansetOperator op) => op is SpansetOperator.And or SpansetOperator.Or;

    public static bool IsNegated(this SpansetOperator op) => op is >= SpansetOperator.NotChild and <= SpansetOperator.NotSibling;

    public static bool IsUnion(this SpansetOperator op) => op >= SpansetOperator.UnionChild;

    /// <summary>The plain relation behind a negated or union form.</summary>
    public static SpansetOperator Relation(this SpansetOperator op) => op switch
    {
        _ when op.IsNegated() => op - SpansetOperator.NotChild + SpansetOperator.Child,
        _ when op.IsUnion() => op - SpansetOperator.UnionChild + SpansetOperator.Child,
        _ => op,
    };

    internal static bool TryParse(string symbol, out SpansetOperator op) => BySymbol.TryGetValue(symbol, out op);

    internal static int Precedence(this SpansetOperator op) => op.IsLogical() ? 1 : 2;
}
