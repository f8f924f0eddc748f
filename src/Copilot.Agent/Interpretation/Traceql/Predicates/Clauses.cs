using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Spansets;

namespace Copilot.Agent.Interpretation.Traceql.Predicates;

/// <summary>All that some words say of a span, and the words that say nothing that is understood.</summary>
internal sealed record Clauses(IReadOnlyList<Clause> All, IReadOnlyList<Term> Unread)
{
    public bool IsEmpty => All.Count == 0;

    /// <summary>One spanset filter; <c>{ }</c> where nothing is said.</summary>
    public SpansetFilter Filter() => Filter(All);

    /// <summary>"Or" holds neighbours together, then all must hold: "failed or slow spans of a or b".</summary>
    public static SpansetFilter Filter(IEnumerable<Clause> clauses)
    {
        var groups = new List<List<Clause>>();
        foreach (var clause in clauses)
        {
            if (groups.Count > 0 && clause.Joint == Joint.Or)
                groups[^1].Add(clause);
            else
                groups.Add([clause]);
        }

        // Neither a nor b: each is denied, so both denials hold.
        var parts = groups.SelectMany(g => g.Count > 1 && g.All(c => c.Denied) ? g.Select(c => c.Expression()) : [Field.AnyOf(g.Select(c => c.Expression()).Distinct())!]);
        return new SpansetFilter(Field.All(parts.Distinct()) ?? Literal.Of(true));
    }
}
