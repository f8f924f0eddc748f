using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>Numbers, lengths of time, names, attributes and what is said of a span by a word alone.</summary>
internal static class ValueCoverage
{
    // What a number may be multiplied with by the unit of the number after it: "between 100 and 200 ms".
    private static readonly double[] Units = [1, 1e3, 1e6, 1e9, 60e9, 3600e9, 1024, 1024 * 1024];

    public static bool Covers(IReadOnlyList<Term> terms, int at, QueryContent content)
    {
        var term = terms[at];
        if (
            content.Contradictions.Any(c =>
                c.Kind == LiteralKind.Text
                    ? c.Text.Equals(term.Text, StringComparison.OrdinalIgnoreCase)
                    : c.IsNumber && c.Number == term.Value && term.Kind == TermKind.Number
            )
        )
            return false;
        return term.Kind switch
        {
            TermKind.Number => IsOne(term)
                || Units.Any(unit => content.Numbers.Any(n => Same(n, term.Value * unit)))
                || content.Texts.Any(t => t.Contains(term.Text, StringComparison.Ordinal)),
            TermKind.Duration => content.Numbers.Any(n => Same(n, term.Value)),
            TermKind.Unknown when term.Lower is "true" or "false" => content.Comparisons.Any(c =>
                c.Right is Literal { Kind: LiteralKind.Boolean } truth && truth.Integer != 0 == (term.Lower == "true")
            ),
            // "… compared with the others"
            TermKind.Unknown when term.Lower is "rest" or "others" or "other" => content.IsCompared,
            TermKind.Text
            or TermKind.Path
            or TermKind.Id
            or TermKind.Operation
            or TermKind.Unknown
            or TermKind.Name when term.Condition is null => Names(term.Text, content) || term.Fields.Any(content.Fields.Contains),
            TermKind.Method => Names(term.Tag, content) || content.Texts.Any(t => t.Contains(term.Tag, StringComparison.Ordinal)),
            TermKind.Condition or TermKind.Name => Says(term, content),
            TermKind.Field when term.Tag == "written" || term.Linked || !IsSubject(terms, at) => term.Fields.Any(f =>
                f is FieldBinary || content.Fields.Contains(f)
            )
                || Names(term.Text, content)
                || term.Fields.Any(f => content.Fields.Any(c => Family(c) is { Length: > 0 } family && family == Family(f))),
            _ => true,
        };
    }

    // "operations that failed", "pods in namespace x" only say what is looked for.
    private static bool IsSubject(IReadOnlyList<Term> terms, int at) =>
        terms[at].Fields[0] is IntrinsicReference { Intrinsic: not (Intrinsic.Duration or Intrinsic.TraceDuration) }
        || terms.Take(at).All(t => t.Kind is TermKind.Function or TermKind.Article or TermKind.Condition);

    // "one", "a single": seldom a number.
    private static bool IsOne(Term term) => term.Value == 1 && !char.IsDigit(term.Text[0]);

    private static bool Same(double a, double b) => Math.Abs(a - b) <= 1e-6 * Math.Max(1, Math.Abs(b));

    private static bool Names(string text, QueryContent content) =>
        content.Texts.Any(t => t.Contains(text.TrimEnd('*'), StringComparison.OrdinalIgnoreCase))
        || content.Fields.Any(f => f.ToString().Contains(text, StringComparison.OrdinalIgnoreCase))
        || content.Numbers.Any(n => text == n.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static bool Says(Term term, QueryContent content)
    {
        var said = Comparisons(term.Condition!).ToList();
        // "… compared with successful ones"
        return content.IsCompared && term.Condition is FieldBinary { Left: IntrinsicReference { Intrinsic: Intrinsic.Status } }
            || said.Any(s => content.Comparisons.Any(c => c.Left == s.Left && (c.Right == s.Right || IsNil(s))))
            || said.Any(s => content.Fields.Any(f => Family(f) is { Length: > 0 } family && family == Family(s.Left)))
            || Names(term.Text, content);
    }

    private static IEnumerable<FieldBinary> Comparisons(FieldExpression e) =>
        e is not FieldBinary b ? []
        : b.Operator.IsLogical() ? Comparisons(b.Left).Concat(Comparisons(b.Right))
        : [b];

    private static bool IsNil(FieldBinary comparison) => comparison.Right is Literal { Kind: LiteralKind.Nil };

    // "span.db.system" and "span.db.statement" are of one family: what names the one need not name the other.
    private static string Family(FieldExpression field) =>
        field is AttributeReference { Scope: AttributeScope.Span or AttributeScope.Event, Name: var name }
        && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            ? name[..dot] switch
            {
                "http" or "url" or "user_agent" => "http",
                var family => family,
            }
        : field is IntrinsicReference { Intrinsic: Intrinsic.EventName } ? "exception"
        : "";
}
