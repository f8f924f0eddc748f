using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Traceql.Filters;
using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL;
using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Metrics;
using Copilot.TraceQL.Spansets;

namespace Copilot.Agent.Interpretation.Traceql.Series;

/// <summary>A part over the whole: "share of requests that fail", "error percentage by service".</summary>
internal static class Shares
{
    /// <summary>"share of requests that fail", "each service's share of throughput": a part over the whole.</summary>
    public static (MetricsExpression, IReadOnlyList<Term>)? Read(Term share, List<FieldExpression> by, List<Term> rest, IReadOnlyList<Term> terms, CatalogueIndex index)
    {
        rest.RemoveAll(t => t.Kind is TermKind.Share or TermKind.Rate or TermKind.Count or TermKind.Aggregate or TermKind.Pronoun);
        var clauses = ConditionReader.Read(rest, index);
        var part = clauses.Filter();
        var whole = clauses.All.Any(c => c.IsState) ? Clauses.Filter(clauses.All.Where(c => !c.IsState)) : new SpansetFilter(Literal.Of(true));
        var states = clauses.All.Any(c => c.IsState);
        // "success rate of checkout": what did not fail, of all.
        if (!states && share.Lower is "success rate" or "success ratio" or "availability")
            (whole, part, states) = (part, new SpansetFilter(part.Condition is Literal ? Negation.Of(Field.Failed()) : part.Condition.And(Negation.Of(Field.Failed()))), true);
        // "each region's share of errors": of all errors.
        if (states && by.Count > 0 && terms[0].Lower is "each" or "every" or "for each" or "for every")
            (whole, states) = (part, false);
        MetricsExpression ratio = new MetricsArithmetic(
            FieldOperator.Divide, Rate(part, by), Rate(whole, states ? by : []));
        if (share.Lower is "percentage" or "percent")
            ratio = new MetricsArithmetic(FieldOperator.Multiply, ratio, new MetricsConstant(100));
        return (ratio, clauses.Unread);
    }

    private static MetricsQuery Rate(SpansetFilter filter, List<FieldExpression> by) =>
        new(new Pipeline([filter]), new MetricsFunction(MetricsFunctionKind.Rate) { By = new EquatableList<FieldExpression>(by) });
}
