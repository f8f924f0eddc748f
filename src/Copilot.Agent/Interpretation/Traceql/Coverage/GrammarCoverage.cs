using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Spansets;

namespace Copilot.Agent.Interpretation.Traceql.Coverage;

/// <summary>Comparisons with their direction, denials, alternatives and relations between spans.</summary>
internal static class GrammarCoverage
{
    public static bool Covers(IReadOnlyList<Term> terms, int at, QueryContent content)
    {
        var term = terms[at];
        return term.Kind switch
        {
            TermKind.Compare or TermKind.Postfix => content.Has(Operator(term.Tag, IsDenied(terms, at))),
            TermKind.Between => content.Has(FieldOperator.GreaterOrEqual) && content.Has(FieldOperator.LessOrEqual) || IsDenied(terms, at) || content.IsCompared || content.Has(FieldOperator.Subtract),
            TermKind.Match => content.Has(FieldOperator.Matches) || content.Has(FieldOperator.NotMatches) || term.Tag is "exact" or "contains" && content.Has(FieldOperator.Equal),
            TermKind.Not or TermKind.Without => IsFlipped(terms, at, content) || Enumerable.Range(0, at).Count(i => terms[i].Kind is TermKind.Not or TermKind.Without && !IsFlipped(terms, i, content)) < content.Denials,
            TermKind.Absent => content.Denials > 0 || content.Texts.Contains(""),
            TermKind.Or => term.Lower == "nor" || content.HasAlternatives || content.Has(SpansetOperator.Or) || content.Texts.Any(t => t.Contains('|', StringComparison.Ordinal)) || content.Denials > 0,
            TermKind.Relation => content.IsRelated || term.Tag == "down" && content.Comparisons.Any(IsPeer) || term.Lower.StartsWith("hit", StringComparison.Ordinal),
            TermKind.Kin => content.IsRelated || content.Has(Intrinsic.ChildCount, Intrinsic.ParentId, Intrinsic.NestedSetParent),
            TermKind.Direct => content.IsDirect,
            TermKind.Began => content.Has(Intrinsic.RootName, Intrinsic.RootServiceName, Intrinsic.EventTimeSinceStart, Intrinsic.NestedSetParent),
            _ => true,
        };
    }

    private static bool IsDenied(IReadOnlyList<Term> terms, int at)
    {
        var before = at - 1;
        while (before >= 0 && terms[before].Kind is TermKind.Copula or TermKind.Took or TermKind.Function or TermKind.Filler or TermKind.Article)
            before--;
        return before >= 0 && (terms[before].Kind is TermKind.Not or TermKind.Without || terms[before].Lower == "nor");
    }

    // "not longer than 5 s": the comparison takes the denial in.
    private static bool IsFlipped(IReadOnlyList<Term> terms, int at, QueryContent content)
    {
        var next = at + 1;
        while (next < terms.Count && terms[next].Kind is TermKind.Copula or TermKind.Took or TermKind.Function or TermKind.Filler or TermKind.Article or TermKind.Field)
            next++;
        return next < terms.Count && (terms[next].Kind is TermKind.Compare or TermKind.Between && Covers(terms, next, content) || terms[next].Kind == TermKind.Condition && (content.Has(FieldOperator.GreaterOrEqual) || content.Has(FieldOperator.Less)));
    }

    private static FieldOperator Operator(string tag, bool denied) => tag switch
    {
        ">" => denied ? FieldOperator.LessOrEqual : FieldOperator.Greater,
        "<" => denied ? FieldOperator.GreaterOrEqual : FieldOperator.Less,
        ">=" => denied ? FieldOperator.Less : FieldOperator.GreaterOrEqual,
        "<=" => denied ? FieldOperator.Greater : FieldOperator.LessOrEqual,
        _ => denied ? FieldOperator.NotEqual : FieldOperator.Equal,
    };

    // "spans that talk to redis": the calling span says what it calls.
    private static bool IsPeer(FieldBinary comparison) => comparison.Left is AttributeReference { Scope: AttributeScope.Span, Name: var name }
        && (name.StartsWith("db.", StringComparison.Ordinal) || name.StartsWith("messaging.", StringComparison.Ordinal) || name.StartsWith("server.", StringComparison.Ordinal) || name.StartsWith("peer.", StringComparison.Ordinal) || name.StartsWith("net.peer.", StringComparison.Ordinal));
}
