using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Metrics;

namespace Copilot.Agent.Interpretation.Traceql.Series;

/// <summary>What series must be above or below: "leaving out zeros", "with traffic", "more than 5 per second".</summary>
internal static class Thresholds
{
    /// <summary>"leaving out zeros", "with traffic", "above 5 per second": of the series, not of spans.</summary>
    public static ThresholdStage? Take(List<Term> rest, IReadOnlyList<Term> terms, bool ofSeries)
    {
        var zero = rest.FindIndex(t => t.Lower is "zero" or "zeros" or "zeroes" or "empty" or "nothing");
        if (zero > 0 && rest.Take(zero).Any(t => t is { Kind: TermKind.Not or TermKind.Without } || t.Lower is "leaving" or "skipping" or "skip" or "dropping" or "drop" or "hiding" or "hide" or "omitting" or "omit" or "ignore" or "out" or "nonzero"))
        {
            var start = zero;
            while (start > 0 && rest[start - 1] is { Kind: TermKind.Not or TermKind.Without or TermKind.Article or TermKind.Function or TermKind.Unknown or TermKind.Filler or TermKind.Comma or TermKind.Prep })
                start--;
            rest.RemoveRange(start, zero + 1 - start);
            return new ThresholdStage(FieldOperator.NotEqual, 0);
        }

        var traffic = rest.FindIndex(t => t is { Kind: TermKind.Rate, Lower: "traffic" });
        if (traffic > 0 && rest[traffic - 1].Kind == TermKind.With && terms.Any(t => t.Kind is TermKind.Extreme or TermKind.Top))
        {
            rest.RemoveRange(traffic - 1, 2);
            return new ThresholdStage(FieldOperator.Greater, 0);
        }

        // "when does the average go over a second?"
        var compare = rest.FindIndex(t => t.Kind == TermKind.Compare);
        if ((terms[0].Lower == "when" || ofSeries) && compare > 0 && compare + 1 < rest.Count && rest[compare + 1].Kind is TermKind.Duration or TermKind.Number && terms.Any(t => t.Kind is TermKind.Aggregate or TermKind.Quantile or TermKind.Rate))
        {
            var when = new ThresholdStage(Making.Op(rest[compare].Tag), rest[compare + 1].Kind == TermKind.Duration ? rest[compare + 1].Value / 1e9 : rest[compare + 1].Value);
            rest.RemoveRange(compare, 2);
            return when;
        }

        // "more than 5 errors per second": the number is of the rate.
        if (compare < 0 || compare + 1 >= rest.Count || rest[compare + 1].Kind != TermKind.Number)
            return null;
        var rate = rest.FindIndex(compare, t => t.Kind == TermKind.Rate);
        var measured = rest.FindIndex(t => t.Kind == TermKind.Rate);
        var last = compare + 2 >= rest.Count || rest[compare + 2].Kind == TermKind.Break;
        if (rate < 0 && !(measured >= 0 && (compare - measured <= 2 || last && rest[compare - 1].Kind is not (TermKind.Field or TermKind.Copula))))
            return null;
        var stage = new ThresholdStage(Making.Op(rest[compare].Tag), rest[compare + 1].Value);
        rest.RemoveRange(compare, 2);
        return stage;
    }
}
