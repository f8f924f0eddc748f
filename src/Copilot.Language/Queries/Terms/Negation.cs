using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Terms;

/// <summary>
/// "Not" as people mean it: of spans that carry the attribute, those with other values. One thing under two names stays joined by "or",
/// because a comparison with a missing attribute never holds.
/// </summary>
internal static class Negation
{
    public static FieldExpression Of(FieldExpression e) =>
        e switch
        {
            FieldBinary { Operator: FieldOperator.And } and => new FieldBinary(FieldOperator.Or, Of(and.Left), Of(and.Right)),
            FieldBinary { Operator: FieldOperator.Or } or => new FieldBinary(
                Renames.Are(or.Left, or.Right) ? FieldOperator.Or : FieldOperator.And,
                Of(or.Left),
                Of(or.Right)
            ),
            FieldBinary b when b.Operator.IsComparison() => new FieldBinary(Opposite(b.Operator), b.Left, b.Right),
            FieldUnary { IsNot: true } not => not.Operand,
            _ => e.Not(),
        };

    private static FieldOperator Opposite(FieldOperator op) =>
        op switch
        {
            FieldOperator.Equal => FieldOperator.NotEqual,
            FieldOperator.NotEqual => FieldOperator.Equal,
            FieldOperator.Less => FieldOperator.GreaterOrEqual,
            FieldOperator.LessOrEqual => FieldOperator.Greater,
            FieldOperator.Greater => FieldOperator.LessOrEqual,
            FieldOperator.GreaterOrEqual => FieldOperator.Less,
            FieldOperator.Matches => FieldOperator.NotMatches,
            _ => FieldOperator.Matches,
        };
}

/// <summary>Lists of alternatives: "a, b or c"; "GET and POST requests", for no span has two methods.</summary>
internal static class Lists
{
    public static IReadOnlyList<Clause> Joined(IReadOnlyList<Clause> clauses)
    {
        var joined = clauses.ToArray();
        for (var i = joined.Length - 1; i > 0; i--)
        {
            var same = joined[i].Key.Length > 0 && joined[i].Key == joined[i - 1].Key;
            var or = i + 1 < joined.Length && joined[i + 1].Joint == Joint.Or && joined[i + 1].Key == joined[i].Key;
            joined[i] = joined[i] with
            {
                Joint = joined[i].Joint switch
                {
                    Joint.Comma when same && or && joined[i].Denied == joined[i - 1].Denied => Joint.Or,
                    Joint.Comma
                    or Joint.And
                    or Joint.Beside
                        when same
                            && joined[i].IsEquality
                            && joined[i - 1].IsEquality
                            && joined[i].Expression() != joined[i - 1].Expression() => Joint.Or,
                    Joint.Comma => Joint.And,
                    var as_is => as_is,
                },
            };
        }

        return joined;
    }
}

/// <summary>Makes clauses, and tells which make sense.</summary>
internal static class Making
{
    private static readonly string[] Measures = ["size", "tokens", "length", "count", "rows", "port", "code", "pid"];

    public static Clause Pattern(IReadOnlyList<FieldExpression> names, string tag, string text) =>
        tag == "exact"
            ? new Clause { Fields = names, Value = Literal.Of(text) }
            : new Clause
            {
                Fields = names,
                Operator = tag == "noregex" ? FieldOperator.NotMatches : FieldOperator.Matches,
                Value = Literal.Of(Values.Pattern(tag, text)),
            };

    public static Clause Missing(IReadOnlyList<FieldExpression> names, bool present) =>
        new()
        {
            Fields = names,
            Operator = present ? FieldOperator.NotEqual : FieldOperator.Equal,
            Value = Literal.Nil(),
        };

    /// <summary>Whether it lasts: "SELECT statements slower than 1 s" are the spans, not their text.</summary>
    public static bool HasLength(IReadOnlyList<FieldExpression> names) =>
        names[0] is IntrinsicReference
        || names[0].ToString() is var name && !PhraseBook.IsNoun(names)
        || name.Contains("duration", StringComparison.Ordinal)
        || name.Contains("latency", StringComparison.Ordinal);

    /// <summary>Whether it has a size: "more than one region" is no comparison.</summary>
    public static bool HasNumber(IReadOnlyList<FieldExpression> names) =>
        names[0] is IntrinsicReference
        || names[0].ToString() is var name && !PhraseBook.IsNoun(names)
        || Measures.Any(part => name.Contains(part, StringComparison.Ordinal));

    public static FieldOperator Op(string tag) =>
        tag switch
        {
            ">" => FieldOperator.Greater,
            "<" => FieldOperator.Less,
            ">=" => FieldOperator.GreaterOrEqual,
            "<=" => FieldOperator.LessOrEqual,
            _ => FieldOperator.Equal,
        };
}

/// <summary>One condition under several names of its attribute, joined by "or": no alternatives that anybody asked for.</summary>
internal static class Renames
{
    /// <summary>Whether both sides say the same of two different attributes.</summary>
    public static bool Are(FieldExpression left, FieldExpression right)
    {
        var last = left is FieldBinary { Operator: FieldOperator.Or } nested && !Alike(left, right) ? nested.Right : left;
        return last != right && Alike(last, right);
    }

    private static bool Alike(FieldExpression left, FieldExpression right) =>
        (left, right) switch
        {
            (FieldBinary a, FieldBinary b) when a.Operator != b.Operator => false,
            (FieldBinary { Right: Literal x } a, FieldBinary { Right: Literal y } b) => x == y
                && x.Kind != LiteralKind.Nil
                && a.Left is AttributeReference
                && b.Left is AttributeReference
                && a.Left != b.Left,
            (FieldBinary a, FieldBinary b) when a.Operator.IsLogical() => Alike(a.Left, b.Left) && Alike(a.Right, b.Right),
            _ => false,
        };
}
