using Copilot.Language.Linking;
using Copilot.Language.Queries.Filters;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>"Ten busiest services", "top 5 routes by error count", "services with the most errors": how many series, of what, the largest
/// or the smallest.</summary>
internal sealed record Ranking(int? Count, bool Largest, string Extreme, FieldExpression? By)
{
    private const int Usual = 10;

    /// <summary>Takes the words of the ranking out of the list; null where nothing is ranked.</summary>
    public static Ranking? Take(List<Term> rest, KnownNamesIndex index)
    {
        var mark = rest.FindIndex(t =>
            t.Kind is TermKind.Top or TermKind.Extreme or TermKind.Most
            || t.Is(TermKind.Aggregate, "max")
            || t.Is(TermKind.Aggregate, "min")
        );
        if (mark < 0)
            return null;
        // "max output_tokens by model": a measure, no ranking.
        if (rest[mark].Kind == TermKind.Aggregate && mark + 1 < rest.Count && IsMeasure(rest[mark + 1]))
            return null;
        var top = rest.FindIndex(t => t.Kind == TermKind.Top);
        var extreme = rest.FindIndex(t => t.Kind == TermKind.Extreme);
        var number = rest.FindIndex(t => t.Kind == TermKind.Number && t.Value is > 0 and <= 1000 && t.Value == Math.Floor(t.Value));
        // "…, 5 of them"
        if (
            number >= 0
            && number + 2 < rest.Count
            && rest[number + 1] is { Kind: TermKind.Prep, Lower: "of" }
            && rest[number + 2].Kind == TermKind.Pronoun
        )
            rest.RemoveRange(number + 1, 2);
        else if (
            number >= 0
            && !CountsNoun(rest, number, index)
            && !Beside(rest, number, mark)
            && !(top >= 0 && Beside(rest, number, top))
            && number != 0
            && !(extreme >= 0 && Beside(rest, number, extreme))
        )
            number = -1;
        var noun = Noun(rest, number < 0 ? mark : Math.Min(number, mark), index);
        if (noun is null && top < 0 && number < 0)
            return null;
        if (
            rest[mark].Kind == TermKind.Aggregate
            && (noun is null || noun.Value.Field.ToString().EndsWith("status_code", StringComparison.Ordinal))
        )
            return null;
        var tag =
            extreme >= 0 ? rest[extreme].Tag
            : rest.Any(t => t.Kind == TermKind.Most)
                ? rest.First(t => t.Kind == TermKind.Most).Lower.Contains("few", StringComparison.Ordinal) ? "fewest"
                    : "most"
            : rest.Any(t => t.Is(TermKind.Aggregate, "min")) ? "lowest"
            : "highest";
        var largest = tag is not ("fast" or "idle" or "rare" or "lowest" or "fewest") && !(top >= 0 && rest[top].Tag == "bottom");
        int? count =
            number >= 0 ? (int)rest[number].Value
            : top >= 0 || noun is { Plural: true } ? Usual
            : noun is null ? null
            : 1;
        var gone = new[] { number, top, extreme }
            .Where(i => i >= 0)
            .Append(rest[mark].Kind == TermKind.Aggregate && noun is not null ? mark : -1)
            .Append(noun?.At ?? -1)
            .Append(rest.FindIndex(t => t.Kind == TermKind.Most));
        foreach (var i in gone.Where(i => i >= 0).Distinct().OrderDescending())
            rest.RemoveAt(i);
        return new Ranking(count, largest, tag, noun?.Field);
    }

    // "the 3 services with the highest …"
    private static bool CountsNoun(List<Term> rest, int number, KnownNamesIndex index) =>
        number + 1 < rest.Count
        && rest[number + 1].Kind is TermKind.Service or TermKind.Field
        && rest[number + 1].Lower.EndsWith('s')
        && IsDimension(rest, number + 1)
        && Grouping.Of(rest, number + 1, index) is not null
        && (number == 0 || rest[number - 1].Kind is TermKind.Function or TermKind.Article);

    private static bool IsMeasure(Term term) =>
        term.Tag == "written" && term.Kind == TermKind.Field
        || term.Kind == TermKind.Name && term.Fields.Count > 0
        || term.Fields is [AttributeReference { Name: var name }, ..]
            && (name.EndsWith("tokens", StringComparison.Ordinal) || name.EndsWith("size", StringComparison.Ordinal));

    private static bool Beside(List<Term> rest, int a, int b) =>
        rest.Skip(Math.Min(a, b) + 1)
            .Take(Math.Abs(a - b) - 1)
            .All(t => t.Kind is TermKind.Article or TermKind.Function or TermKind.Filler);

    /// <summary>What is ranked: the noun after the mark or, in "services with the most errors", before it.</summary>
    private static (int At, FieldExpression Field, bool Plural)? Noun(List<Term> rest, int from, KnownNamesIndex index)
    {
        foreach (var i in Enumerable.Range(from + 1, Math.Max(0, rest.Count - from - 1)).Concat(Enumerable.Range(0, from)))
        {
            if (rest[i].Kind is TermKind.By && i > from)
                break;
            if (rest[i].Kind is TermKind.Service or TermKind.Field && IsDimension(rest, i) && Grouping.Of(rest, i, index) is { } field)
                return (i, field, rest[i].Lower.EndsWith('s') && !rest[i].Lower.EndsWith("ss", StringComparison.Ordinal));
        }

        return null;
    }

    // "routes" are ranked; a duration is measured, and "service foo" or "the foo service" is a filter.
    private static bool IsDimension(List<Term> rest, int i)
    {
        if (
            rest[i].Fields
                is [
                    IntrinsicReference
                    {
                        Intrinsic: not (Intrinsic.Name or Intrinsic.RootName or Intrinsic.RootServiceName or Intrinsic.InstrumentationName)
                    },
                ]
            || rest[i].Lower.Contains("size", StringComparison.Ordinal)
            || rest[i].Lower.Contains("bytes", StringComparison.Ordinal)
        )
            return false;
        return !(i > 0 && rest[i - 1].Kind is TermKind.Name or TermKind.Text or TermKind.Unknown && !rest[i].Lower.EndsWith('s'));
    }
}

/// <summary>A part over the whole: "share of requests that fail", "error percentage by service".</summary>
internal static class Shares
{
    /// <summary>"share of requests that fail", "each service's share of throughput": a part over the whole.</summary>
    public static (MetricsExpression, IReadOnlyList<Term>)? Read(
        Term share,
        List<FieldExpression> by,
        List<Term> rest,
        IReadOnlyList<Term> terms,
        KnownNamesIndex index
    )
    {
        rest.RemoveAll(t => t.Kind is TermKind.Share or TermKind.Rate or TermKind.Count or TermKind.Aggregate or TermKind.Pronoun);
        var clauses = FilterReader.Read(rest, index);
        var part = clauses.Filter();
        var whole = clauses.All.Any(c => c.IsState)
            ? Clauses.Filter(clauses.All.Where(c => !c.IsState))
            : new SpansetFilter(Literal.Of(true));
        var states = clauses.All.Any(c => c.IsState);
        // "success rate of checkout": what did not fail, of all.
        if (!states && share.Lower is "success rate" or "success ratio" or "availability")
            (whole, part, states) = (
                part,
                new SpansetFilter(
                    part.Condition is Literal ? Negation.Of(Field.Failed()) : part.Condition.And(Negation.Of(Field.Failed()))
                ),
                true
            );
        // "each region's share of errors": of all errors.
        if (states && by.Count > 0 && terms[0].Lower is "each" or "every" or "for each" or "for every")
            (whole, states) = (part, false);
        MetricsExpression ratio = new MetricsArithmetic(FieldOperator.Divide, Rate(part, by), Rate(whole, states ? by : []));
        if (share.Lower is "percentage" or "percent")
            ratio = new MetricsArithmetic(FieldOperator.Multiply, ratio, new MetricsConstant(100));
        return (ratio, clauses.Unread);
    }

    private static MetricsQuery Rate(SpansetFilter filter, List<FieldExpression> by) =>
        new(new Pipeline([filter]), new MetricsFunction(MetricsFunctionKind.Rate) { By = new EquatableList<FieldExpression>(by) });
}

/// <summary>What sets some spans apart from the others: "what is different about failing requests", "compare version 2 with the
/// rest".</summary>
internal static class Differences
{
    /// <summary>"what is different about failing requests to x": the state chooses, the rest says among what.</summary>
    public static (MetricsExpression, IReadOnlyList<Term>)? Read(List<Term> rest, KnownNamesIndex index)
    {
        rest.RemoveAll(t => t.Kind is TermKind.Differ or TermKind.OverTime);
        var cut = rest.FindIndex(t =>
            t is { Kind: TermKind.Prep, Lower: "to" or "from" or "against" } or { Kind: TermKind.With } or { Kind: TermKind.And }
            && rest.IndexOf(t) + 1 < rest.Count
            && rest.Skip(rest.IndexOf(t) + 1)
                .Take(3)
                .Any(n => n.Lower is "rest" or "others" or "other" or "normal" or "ok" or "successful" or "healthy" or "everything")
        );
        var words = (cut > 0 ? rest.Take(cut) : rest).Where(t => t.Kind != TermKind.Between).ToList();
        var clauses = FilterReader.Read(words, index);
        var states = clauses.All.Where(c => c.IsState).ToList();
        // "version 2 with the other versions": what is named first is compared.
        if (states.Count == 0 && cut > 0 && rest.Skip(cut).Take(4).Any(t => t.Lower is "rest" or "other" or "others"))
            states = [.. clauses.All];
        if (states.Count == 0)
            return null;
        var function = new MetricsFunction(MetricsFunctionKind.Compare) { Compare = new CompareArguments(Clauses.Filter(states)) };
        // "… with the rest of the search service"
        var others =
            cut > 0
                ? FilterReader
                    .Read(
                        rest.Skip(cut + 1)
                            .Where(t => t.Kind != TermKind.Unknown || t.Lower is not ("rest" or "others" or "normal"))
                            .ToList(),
                        index
                    )
                    .All.Where(c => !c.IsState && !c.Weak)
                : [];
        return (
            new MetricsQuery(
                new Pipeline([
                    Clauses.Filter(
                        clauses
                            .All.Where(c => !states.Contains(c))
                            .Concat(others.Where(o => states.All(s => s.Key != o.Key)))
                            .DistinctBy(c => c.Expression())
                    ),
                ]),
                function
            ),
            clauses.Unread
        );
    }
}
