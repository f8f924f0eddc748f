using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Traceql.Filters;
using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Metrics;
using Copilot.TraceQL.Spansets;

namespace Copilot.Agent.Interpretation.Traceql.Series;

/// <summary>What sets some spans apart from the others: "what is different about failing requests", "compare version 2 with the rest".</summary>
internal static class Differences
{
    /// <summary>"what is different about failing requests to x": the state chooses, the rest says among what.</summary>
    public static (MetricsExpression, IReadOnlyList<Term>)? Read(List<Term> rest, CatalogueIndex index)
    {
        rest.RemoveAll(t => t.Kind is TermKind.Differ or TermKind.OverTime);
        var cut = rest.FindIndex(t => t is { Kind: TermKind.Prep, Lower: "to" or "from" or "against" } or { Kind: TermKind.With } or { Kind: TermKind.And } && rest.IndexOf(t) + 1 < rest.Count
            && rest.Skip(rest.IndexOf(t) + 1).Take(3).Any(n => n.Lower is "rest" or "others" or "other" or "normal" or "ok" or "successful" or "healthy" or "everything"));
        var words = (cut > 0 ? rest.Take(cut) : rest).Where(t => t.Kind != TermKind.Between).ToList();
        var clauses = ConditionReader.Read(words, index);
        var states = clauses.All.Where(c => c.IsState).ToList();
        // "version 2 with the other versions": what is named first is compared.
        if (states.Count == 0 && cut > 0 && rest.Skip(cut).Take(4).Any(t => t.Lower is "rest" or "other" or "others"))
            states = [.. clauses.All];
        if (states.Count == 0)
            return null;
        var function = new MetricsFunction(MetricsFunctionKind.Compare) { Compare = new CompareArguments(Clauses.Filter(states)) };
        // "… with the rest of the search service"
        var others = cut > 0 ? ConditionReader.Read(rest.Skip(cut + 1).Where(t => t.Kind != TermKind.Unknown || t.Lower is not ("rest" or "others" or "normal")).ToList(), index).All.Where(c => !c.IsState && !c.Weak) : [];
        return (new MetricsQuery(new Pipeline([Clauses.Filter(clauses.All.Where(c => !states.Contains(c)).Concat(others.Where(o => states.All(s => s.Key != o.Key))).DistinctBy(c => c.Expression()))]), function), clauses.Unread);
    }
}
