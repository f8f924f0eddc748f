using Copilot.Agent.Interpretation.Traceql.Phrases;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Predicates;

/// <summary>Makes clauses, and tells which make sense.</summary>
internal static class Making
{
    private static readonly string[] Measures = ["size", "tokens", "length", "count", "rows", "port", "code", "pid"];

    public static Clause Pattern(IReadOnlyList<FieldExpression> names, string tag, string text) => tag == "exact"
        ? new Clause { Fields = names, Value = Literal.Of(text) }
        : new Clause { Fields = names, Operator = tag == "noregex" ? FieldOperator.NotMatches : FieldOperator.Matches, Value = Literal.Of(Values.Pattern(tag, text)) };

    public static Clause Missing(IReadOnlyList<FieldExpression> names, bool present) =>
        new() { Fields = names, Operator = present ? FieldOperator.NotEqual : FieldOperator.Equal, Value = Literal.Nil() };

    /// <summary>Whether it lasts: "SELECT statements slower than 1 s" are the spans, not their text.</summary>
    public static bool HasLength(IReadOnlyList<FieldExpression> names) =>
        names[0] is IntrinsicReference || names[0].ToString() is var name && !PhraseBook.IsNoun(names) || name.Contains("duration", StringComparison.Ordinal) || name.Contains("latency", StringComparison.Ordinal);

    /// <summary>Whether it has a size: "more than one region" is no comparison.</summary>
    public static bool HasNumber(IReadOnlyList<FieldExpression> names) =>
        names[0] is IntrinsicReference || names[0].ToString() is var name && !PhraseBook.IsNoun(names) || Measures.Any(part => name.Contains(part, StringComparison.Ordinal));

    public static FieldOperator Op(string tag) => tag switch
    {
        ">" => FieldOperator.Greater,
        "<" => FieldOperator.Less,
        ">=" => FieldOperator.GreaterOrEqual,
        "<=" => FieldOperator.LessOrEqual,
        _ => FieldOperator.Equal,
    };
}
