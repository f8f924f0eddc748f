using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>What series are kept apart by: "by route and method", "per service", "each pod's".</summary>
internal static class Grouping
{
    /// <summary>Takes the words of the grouping out of the list.</summary>
    public static List<FieldExpression> Take(List<Term> rest, KnownNamesIndex index)
    {
        var fields = new List<FieldExpression>();
        for (var i = 0; i < rest.Count; i++)
        {
            if (
                !(rest[i].Kind == TermKind.By || rest[i] is { Kind: TermKind.Single or TermKind.Function, Lower: "each" or "every" })
                || i + 1 >= rest.Count
            )
                continue;
            var at = i + 1;
            var found = new List<FieldExpression>();
            while (at < rest.Count)
            {
                if (
                    rest[at].Kind
                        is TermKind.Comma
                            or TermKind.And
                            or TermKind.Article
                            or TermKind.Function
                            or TermKind.Prep
                            or TermKind.Both
                    && found.Count + (at == i + 1 ? 1 : 0) > 0
                    && at + 1 < rest.Count
                )
                {
                    at++;
                    continue;
                }

                if (Of(rest, at, index) is not { } field)
                    break;
                found.Add(field);
                at++;
                if (at < rest.Count && rest[at].Kind is not (TermKind.Comma or TermKind.And))
                    break;
            }

            if (found.Count == 0)
                continue;
            while (at > i + 1 && rest[at - 1].Kind is TermKind.Comma or TermKind.And or TermKind.Article)
                at--;
            fields.AddRange(found);
            rest.RemoveRange(i, at - i);
            i--;
        }

        return [.. fields.Distinct()];
    }

    /// <summary>The attribute that a noun stands for; null where it names a thing of that kind ("service foo").</summary>
    public static FieldExpression? Of(List<Term> rest, int at, KnownNamesIndex index)
    {
        var noun = rest[at];
        var next = at + 1 < rest.Count ? rest[at + 1] : null;
        if (noun.Kind == TermKind.Service)
            return next is { Kind: TermKind.Name or TermKind.Text or TermKind.Unknown } ? null : Field.Resource("service.name");
        if (noun is { Kind: TermKind.Condition, Lower: "database" or "databases" or "db" })
            return Catalogued.Narrowed(index, PhraseBook.StartingWith("db").First(p => p.Words is ["db", "system"]).Fields)[0];
        if (noun is { Kind: TermKind.Condition, Lower: "exception" or "exceptions" })
            return Field.Event("exception.type");
        // "exceptions by type"
        if (
            noun is { Kind: TermKind.Unknown or TermKind.Filler, Lower: "type" or "class" }
            && at > 0
            && rest[at - 1].Kind == TermKind.By
            && rest.Any(t => t.Lower is "exception" or "exceptions")
        )
            return Field.Event("exception.type");
        if (noun.Kind == TermKind.Name && noun.Fields.Count > 0)
            return noun.Fields[0];
        // "recorded by the library foo": what is named is no grouping.
        if (
            next is { Kind: TermKind.Name or TermKind.Text or TermKind.Operation }
            && (at < 1 || rest[at - 1].Kind == TermKind.Article)
            && !(at + 2 < rest.Count && rest[at + 2].Kind == TermKind.Service)
        )
            return null;
        return noun.Kind == TermKind.Field && next is not { Kind: TermKind.Compare or TermKind.Match }
            ? Catalogued.Narrowed(index, noun.Fields)[0]
            : null;
    }
}

/// <summary>What series must be above or below: "leaving out zeros", "with traffic", "more than 5 per second".</summary>
internal static class Thresholds
{
    /// <summary>"leaving out zeros", "with traffic", "above 5 per second": of the series, not of spans.</summary>
    public static ThresholdStage? Take(List<Term> rest, IReadOnlyList<Term> terms, bool ofSeries)
    {
        var zero = rest.FindIndex(t => t.Lower is "zero" or "zeros" or "zeroes" or "empty" or "nothing");
        if (
            zero > 0
            && rest.Take(zero)
                .Any(t =>
                    t is { Kind: TermKind.Not or TermKind.Without }
                    || t.Lower
                        is "leaving"
                            or "skipping"
                            or "skip"
                            or "dropping"
                            or "drop"
                            or "hiding"
                            or "hide"
                            or "omitting"
                            or "omit"
                            or "ignore"
                            or "out"
                            or "nonzero"
                )
        )
        {
            var start = zero;
            while (
                start > 0
                && rest[start - 1]
                    is {
                        Kind: TermKind.Not
                            or TermKind.Without
                            or TermKind.Article
                            or TermKind.Function
                            or TermKind.Unknown
                            or TermKind.Filler
                            or TermKind.Comma
                            or TermKind.Prep
                    }
            )
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
        if (
            (terms[0].Lower == "when" || ofSeries)
            && compare > 0
            && compare + 1 < rest.Count
            && rest[compare + 1].Kind is TermKind.Duration or TermKind.Number
            && terms.Any(t => t.Kind is TermKind.Aggregate or TermKind.Quantile or TermKind.Rate)
        )
        {
            var when = new ThresholdStage(
                Making.Op(rest[compare].Tag),
                rest[compare + 1].Kind == TermKind.Duration ? rest[compare + 1].Value / 1e9 : rest[compare + 1].Value
            );
            rest.RemoveRange(compare, 2);
            return when;
        }

        // "more than 5 errors per second": the number is of the rate.
        if (compare < 0 || compare + 1 >= rest.Count || rest[compare + 1].Kind != TermKind.Number)
            return null;
        var rate = rest.FindIndex(compare, t => t.Kind == TermKind.Rate);
        var measured = rest.FindIndex(t => t.Kind == TermKind.Rate);
        var last = compare + 2 >= rest.Count || rest[compare + 2].Kind == TermKind.Break;
        if (
            rate < 0
            && !(measured >= 0 && (compare - measured <= 2 || last && rest[compare - 1].Kind is not (TermKind.Field or TermKind.Copula)))
        )
            return null;
        var stage = new ThresholdStage(Making.Op(rest[compare].Tag), rest[compare + 1].Value);
        rest.RemoveRange(compare, 2);
        return stage;
    }
}
