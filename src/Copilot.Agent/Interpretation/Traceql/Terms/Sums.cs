using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.TraceQL.Fields;

namespace Copilot.Agent.Interpretation.Traceql.Terms;

/// <summary>Two attributes reckoned together: "a plus b", "the sum of a and b", "the difference between a and b".</summary>
internal static class Sums
{
    public static void Join(List<Term> terms)
    {
        for (var i = 0; i + 2 < terms.Count; i++)
        {
            var start = i;
            var op = terms[i].Is(TermKind.Aggregate, "sum") ? FieldOperator.Add : terms[i] is { Kind: TermKind.Differ, Lower: "difference" } ? FieldOperator.Subtract : (FieldOperator?)null;
            var first = op is null ? i : After(terms, i + 1);
            var and = first + 1;
            if (and + 1 >= terms.Count || !IsNumber(terms[first]) || terms[and].Kind != TermKind.And || !IsNumber(terms[and + 1]))
                continue;
            op ??= terms[and].Lower is "plus" or "+" ? FieldOperator.Add : null;
            // What is measured over time stays two measures.
            if (op is not { } how || and + 2 >= terms.Count || terms[and + 2].Kind is not (TermKind.Copula or TermKind.Compare))
                continue;
            var joined = new Term(TermKind.Field, terms[first].Text + " " + terms[and].Text + " " + terms[and + 1].Text, terms[start].Start, terms[and + 1].End)
            {
                Tag = "written",
                Fields = [new FieldBinary(how, terms[first].Fields[0], terms[and + 1].Fields[0])],
            };
            terms.RemoveRange(start, and + 2 - start);
            terms.Insert(start, joined);
        }
    }

    /// <summary>"the average number of returned rows": the attribute is that number.</summary>
    public static void DropCounts(List<Term> terms)
    {
        for (var i = terms.Count - 2; i > 0; i--)
        {
            if (terms[i].Kind == TermKind.Count && terms[i - 1].Kind == TermKind.Aggregate && terms[i + 1] is { Kind: TermKind.Field } field && Making.HasNumber(field.Fields))
                terms.RemoveAt(i);
        }
    }

    private static bool IsNumber(Term term) => term.Fields.Count > 0 && (term.Tag == "written" || term.Kind == TermKind.Name || term.Linked);

    private static int After(List<Term> terms, int at)
    {
        while (at < terms.Count - 1 && terms[at].Kind is TermKind.Prep or TermKind.Article or TermKind.Between)
            at++;
        return at;
    }
}
