using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>Comparisons with their direction, denials, alternatives and relations between spans.</summary>
internal static class GrammarCoverage
{
    public static bool Covers(IReadOnlyList<Term> terms, int at, QueryContent content)
    {
        var term = terms[at];
        return term.Kind switch
        {
            TermKind.Compare or TermKind.Postfix => content.Has(Operator(term.Tag, IsDenied(terms, at))),
            TermKind.Between => content.Has(FieldOperator.GreaterOrEqual) && content.Has(FieldOperator.LessOrEqual)
                || IsDenied(terms, at)
                || content.IsCompared
                || content.Has(FieldOperator.Subtract),
            TermKind.Match => content.Has(FieldOperator.Matches)
                || content.Has(FieldOperator.NotMatches)
                || term.Tag is "exact" or "contains" && content.Has(FieldOperator.Equal),
            TermKind.Not or TermKind.Without => IsFlipped(terms, at, content)
                || Enumerable.Range(0, at).Count(i => terms[i].Kind is TermKind.Not or TermKind.Without && !IsFlipped(terms, i, content))
                    < content.Denials,
            TermKind.Absent => content.Denials > 0 || content.Texts.Contains(""),
            TermKind.Or => term.Lower == "nor"
                || content.HasAlternatives
                || content.Has(SpansetOperator.Or)
                || content.Texts.Any(t => t.Contains('|', StringComparison.Ordinal))
                || content.Denials > 0,
            TermKind.Relation => content.IsRelated
                || term.Tag == "down" && content.Comparisons.Any(IsPeer)
                || term.Lower.StartsWith("hit", StringComparison.Ordinal),
            TermKind.Kin => content.IsRelated || content.Has(Intrinsic.ChildCount, Intrinsic.ParentId, Intrinsic.NestedSetParent),
            TermKind.Direct => content.IsDirect,
            TermKind.Began => content.Has(
                Intrinsic.RootName,
                Intrinsic.RootServiceName,
                Intrinsic.EventTimeSinceStart,
                Intrinsic.NestedSetParent
            ),
            _ => true,
        };
    }

    private static bool IsDenied(IReadOnlyList<Term> terms, int at)
    {
        var before = at - 1;
        while (
            before >= 0
            && terms[before].Kind is TermKind.Copula or TermKind.Took or TermKind.Function or TermKind.Filler or TermKind.Article
        )
            before--;
        return before >= 0 && (terms[before].Kind is TermKind.Not or TermKind.Without || terms[before].Lower == "nor");
    }

    // "not longer than 5 s": the comparison takes the denial in.
    private static bool IsFlipped(IReadOnlyList<Term> terms, int at, QueryContent content)
    {
        var next = at + 1;
        while (
            next < terms.Count
            && terms[next].Kind
                is TermKind.Copula
                    or TermKind.Took
                    or TermKind.Function
                    or TermKind.Filler
                    or TermKind.Article
                    or TermKind.Field
        )
            next++;
        return next < terms.Count
            && (
                terms[next].Kind is TermKind.Compare or TermKind.Between && Covers(terms, next, content)
                || terms[next].Kind == TermKind.Condition && (content.Has(FieldOperator.GreaterOrEqual) || content.Has(FieldOperator.Less))
            );
    }

    private static FieldOperator Operator(string tag, bool denied) =>
        tag switch
        {
            ">" => denied ? FieldOperator.LessOrEqual : FieldOperator.Greater,
            "<" => denied ? FieldOperator.GreaterOrEqual : FieldOperator.Less,
            ">=" => denied ? FieldOperator.Less : FieldOperator.GreaterOrEqual,
            "<=" => denied ? FieldOperator.Greater : FieldOperator.LessOrEqual,
            _ => denied ? FieldOperator.NotEqual : FieldOperator.Equal,
        };

    // "spans that talk to redis": the calling span says what it calls.
    private static bool IsPeer(FieldBinary comparison) =>
        comparison.Left is AttributeReference { Scope: AttributeScope.Span, Name: var name }
        && (
            name.StartsWith("db.", StringComparison.Ordinal)
            || name.StartsWith("messaging.", StringComparison.Ordinal)
            || name.StartsWith("server.", StringComparison.Ordinal)
            || name.StartsWith("peer.", StringComparison.Ordinal)
            || name.StartsWith("net.peer.", StringComparison.Ordinal)
        );
}

/// <summary>Counts, rates, averages, percentiles, shares, groups and rankings.</summary>
internal static class MeasureCoverage
{
    public static bool Covers(IReadOnlyList<Term> terms, int at, QueryContent content)
    {
        var term = terms[at];
        return term.Kind switch
        {
            TermKind.Aggregate => Aggregates(term, content),
            TermKind.Extreme => content.IsRanked
                || content.IsSeries
                || content.Has(AggregateKind.Max, MetricsFunctionKind.MaxOverTime)
                || content.Has(AggregateKind.Min, MetricsFunctionKind.MinOverTime),
            // "the rate of a over the rate of b"
            TermKind.Rate when term.Lower is "rate" or "rates" && terms.Take(at).Any(t => t.Kind == TermKind.Rate) => content.IsRatio,
            TermKind.Rate or TermKind.OverTime or TermKind.PerUnit => content.IsSeries,
            TermKind.Count => content.IsSeries || content.Numbers.Count > 0,
            TermKind.Quantile => content.Has(MetricsFunctionKind.QuantileOverTime),
            TermKind.Histogram => content.Has(MetricsFunctionKind.HistogramOverTime),
            TermKind.Share => content.IsRatio,
            TermKind.Differ => content.IsCompared || content.IsRatio,
            // "recorded by", "started by"
            TermKind.By => content.IsGrouped
                || term.Lower is "by" && at > 0 && terms[at - 1].Kind is TermKind.Began or TermKind.With or TermKind.Function,
            // "large traces (more than 40 spans)": the number says how much.
            TermKind.Judged => content.IsRanked
                || content.Has(FieldOperator.Greater)
                || content.Has(FieldOperator.GreaterOrEqual)
                || content.Has(FieldOperator.Less)
                || content.Has(FieldOperator.LessOrEqual),
            TermKind.Top or TermKind.Most => content.IsRanked,
            _ => true,
        };
    }

    private static bool Aggregates(Term term, QueryContent content) =>
        term.Tag switch
        {
            "avg" => content.Has(AggregateKind.Avg, MetricsFunctionKind.AvgOverTime),
            "sum" => content.Has(AggregateKind.Sum, MetricsFunctionKind.SumOverTime)
                || content.Has(AggregateKind.Count, MetricsFunctionKind.CountOverTime)
                || content.Has(MetricsFunctionKind.Rate),
            "min" => content.Has(AggregateKind.Min, MetricsFunctionKind.MinOverTime) || content.IsRanked,
            _ => content.Has(AggregateKind.Max, MetricsFunctionKind.MaxOverTime) || content.IsRanked,
        };
}

/// <summary>
/// Whether a query says all that the words say. Readers may pass over a word; here nothing is passed over: each number, name, comparison,
/// denial, relation and measure must be found in
/// the query, however it got there. What is not found is named instead of being answered wrongly.
/// </summary>
internal static class WordCoverage
{
    /// <summary>The terms that the query does not account for.</summary>
    public static IReadOnlyList<Term> Missing(IReadOnlyList<Term> terms, TraceQlQuery query)
    {
        var content = QueryContent.Of(query);
        return
        [
            .. Enumerable
                .Range(0, terms.Count)
                .Where(i =>
                    !(
                        IsPartOfText(terms[i], content)
                        || ValueCoverage.Covers(terms, i, content)
                            && GrammarCoverage.Covers(terms, i, content)
                            && MeasureCoverage.Covers(terms, i, content)
                    )
                )
                .Select(i => terms[i]),
        ];
    }

    // A word of a name or of a message does nothing else.
    private static bool IsPartOfText(Term term, QueryContent content) =>
        term.Kind is not (TermKind.Number or TermKind.Duration)
        && content.Texts.Any(t => t.Contains(' ', StringComparison.Ordinal) && t.Contains(term.Text, StringComparison.OrdinalIgnoreCase));
}
