using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Metrics;
using Copilot.TraceQL.Scalars;

namespace Copilot.Agent.Interpretation.Traceql.Coverage;

/// <summary>Counts, rates, averages, percentiles, shares, groups and rankings.</summary>
internal static class MeasureCoverage
{
    public static bool Covers(IReadOnlyList<Term> terms, int at, QueryContent content)
    {
        var term = terms[at];
        return term.Kind switch
        {
            TermKind.Aggregate => Aggregates(term, content),
            TermKind.Extreme => content.IsRanked || content.IsSeries || content.Has(AggregateKind.Max, MetricsFunctionKind.MaxOverTime) || content.Has(AggregateKind.Min, MetricsFunctionKind.MinOverTime),
            // "the rate of a over the rate of b"
            TermKind.Rate when term.Lower is "rate" or "rates" && terms.Take(at).Any(t => t.Kind == TermKind.Rate) => content.IsRatio,
            TermKind.Rate or TermKind.OverTime or TermKind.PerUnit => content.IsSeries,
            TermKind.Count => content.IsSeries || content.Numbers.Count > 0,
            TermKind.Quantile => content.Has(MetricsFunctionKind.QuantileOverTime),
            TermKind.Histogram => content.Has(MetricsFunctionKind.HistogramOverTime),
            TermKind.Share => content.IsRatio,
            TermKind.Differ => content.IsCompared || content.IsRatio,
            // "recorded by", "started by"
            TermKind.By => content.IsGrouped || term.Lower is "by" && at > 0 && terms[at - 1].Kind is TermKind.Began or TermKind.With or TermKind.Function,
            // "large traces (more than 40 spans)": the number says how much.
            TermKind.Judged => content.IsRanked || content.Has(FieldOperator.Greater) || content.Has(FieldOperator.GreaterOrEqual) || content.Has(FieldOperator.Less) || content.Has(FieldOperator.LessOrEqual),
            TermKind.Top or TermKind.Most => content.IsRanked,
            _ => true,
        };
    }

    private static bool Aggregates(Term term, QueryContent content) => term.Tag switch
    {
        "avg" => content.Has(AggregateKind.Avg, MetricsFunctionKind.AvgOverTime),
        "sum" => content.Has(AggregateKind.Sum, MetricsFunctionKind.SumOverTime) || content.Has(AggregateKind.Count, MetricsFunctionKind.CountOverTime) || content.Has(MetricsFunctionKind.Rate),
        "min" => content.Has(AggregateKind.Min, MetricsFunctionKind.MinOverTime) || content.IsRanked,
        _ => content.Has(AggregateKind.Max, MetricsFunctionKind.MaxOverTime) || content.IsRanked,
    };
}
