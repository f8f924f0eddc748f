using Copilot.Store.Commands;
using Copilot.Store.Traceql.Conditions;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Search;

/// <summary>
/// The structural operators. All relate spans of one trace and one group; steps upward go along all spans of the trace,
/// whatever the filters say.
/// </summary>
internal sealed class StructureSql(Ctes ctes, TraceRows traces)
{
    private int _made;

    /// <param name="op">The operator.</param>
    /// <param name="left">The step with the left-hand spans.</param>
    /// <param name="right">The step with the right-hand spans.</param>
    /// <returns>A step with the spans that the operator gives.</returns>
    /// <exception cref="QueryTooExpensiveException">The statement has as many of them as are run already.</exception>
    public string Relate(SpansetOperator op, string left, string right)
    {
        if (++_made > QueryBudget.MostStructures)
        {
            throw new QueryTooExpensiveException(
                $"the query has more than {QueryBudget.MostStructures} structural operators (>>, >, ~ and their like), "
                    + "and each looks at all the spans again. Leave some out."
            );
        }

        var related = Related(op.Relation(), left, right, op.IsNegated());
        if (!op.IsUnion())
            return ctes.Add("q", $"({related})");
        var leftToo = Related(Inverse(op.Relation()), right, left, negated: false);
        return ctes.Add("q", $"(select distinct on (u.rid) u.* from (({related}) union all ({leftToo})) u)");
    }

    /// <summary>The rows of <paramref name="of"/> that stand in the relation to any row of <paramref name="to"/>.</summary>
    private string Related(SpansetOperator relation, string to, string of, bool negated)
    {
        var condition = relation switch
        {
            SpansetOperator.Child => Exists(to, "l.span_id = r.parent_span_id"),
            SpansetOperator.Parent => Exists(to, "l.parent_span_id = r.span_id"),
            SpansetOperator.Sibling => Exists(to, "l.parent_span_id = r.parent_span_id and l.rid <> r.rid"),
            SpansetOperator.Descendant =>
                $"exists (select from {Above(of, to)} a join {to} l on l.trace_id = a.trace_id and l.grp = a.grp and "
                    + "l.span_id = a.at where a.rid = r.rid)",
            _ => $"exists (select from {Above(to, of)} a where a.trace_id = r.trace_id and a.grp = r.grp and a.at = r.span_id)",
        };
        return $"select r.* from {of} r where {(negated ? "not " : "")}{condition}";
    }

    private static string Exists(string to, string relation) =>
        $"exists (select from {to} l where l.trace_id = r.trace_id and l.grp = r.grp and {relation})";

    /// <summary>
    /// Each row of <paramref name="from"/> with the ids of all spans above it, in the traces that have a row of <paramref name="with"/>.
    /// "union" drops what was seen, so that a circle of parents ends. Spans are joined as they are: Postgres looks a few up by their index
    /// and reads the window once for many.
    /// </summary>
    private string Above(string from, string with)
    {
        var name = ctes.NextName("above");
        ctes.AddAs(
            name,
            $"(select b.rid, b.trace_id, b.grp, b.parent_span_id as at from {from} b where b.parent_span_id is not null "
                + $"and b.trace_id in (select trace_id from {with})"
                + $" union select a.rid, a.trace_id, a.grp, e.parent_span_id from {name} a join spans e on e.trace_id = "
                + $"a.trace_id and e.span_id = a.at and {traces.OnTheWayUp("e")})"
        );
        return name;
    }

    private static SpansetOperator Inverse(SpansetOperator relation) =>
        relation switch
        {
            SpansetOperator.Child => SpansetOperator.Parent,
            SpansetOperator.Parent => SpansetOperator.Child,
            SpansetOperator.Descendant => SpansetOperator.Ancestor,
            SpansetOperator.Ancestor => SpansetOperator.Descendant,
            _ => relation,
        };
}
