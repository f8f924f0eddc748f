using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>What is counted or added up within a trace: "more than three 5xx spans", "whose average span takes over 20 ms", "in any single
/// service".</summary>
internal static class CountReader
{
    public static (Pipeline Pipeline, IReadOnlyList<Term> Unread)? Read(IReadOnlyList<Term> terms, KnownNamesIndex index)
    {
        var rest = terms.ToList();
        var group = Group(rest, index);
        if ((Aggregated(rest, index) ?? Counted(rest)) is not { } conditions)
            return null;
        var spans = SpansetReader.Read(rest, index);
        var stages = new List<PipelineStage> { spans.Expression };
        if (group is not null)
            stages.Add(new GroupBy(group));
        stages.AddRange(conditions);
        return (new Pipeline(new EquatableList<PipelineStage>(stages)), spans.Unread);
    }

    private static FieldExpression? Group(List<Term> rest, KnownNamesIndex index)
    {
        for (var i = 0; i + 1 < rest.Count; i++)
        {
            if (rest[i].Kind is not (TermKind.Single or TermKind.By))
                continue;
            var noun = rest[i + 1];
            var field =
                noun.Kind == TermKind.Service ? Field.Resource("service.name")
                : noun.Kind == TermKind.Field ? Catalogued.Narrowed(index, noun.Fields)[0]
                : null;
            if (field is null)
                continue;
            rest.RemoveRange(i, 2);
            return field;
        }

        return null;
    }

    /// <summary>Takes "more than three" out; what is counted stays.</summary>
    private static List<ScalarFilter>? Counted(List<Term> rest)
    {
        // "the number of database spans is greater than 25"
        var word = rest.FindIndex(t => t.Kind == TermKind.Count);
        if (word >= 0 && IsLimited(rest, word))
        {
            var limit = rest.FindIndex(word, t => t.Kind == TermKind.Compare);
            rest.RemoveAt(word);
            return Cut(rest, limit - 1, 2, Filter(rest[limit - 1].Tag, Count, Values.Number(rest[limit].Value)));
        }

        for (var i = 0; i < rest.Count; i++)
        {
            if (
                rest[i].Kind == TermKind.Between
                && i + 3 < rest.Count
                && rest[i + 1].Kind == TermKind.Number
                && rest[i + 3].Kind == TermKind.Number
                && IsCounted(rest, i + 4)
            )
            {
                List<ScalarFilter> both =
                [
                    Filter(">=", Count, Values.Number(rest[i + 1].Value)),
                    Filter("<=", Count, Values.Number(rest[i + 3].Value)),
                ];
                rest.RemoveRange(i, 4);
                return both;
            }

            // "a lot of spans, more than 1000"
            var tail = i > 2 && i == rest.Count - 1 && rest[i - 2].Kind == TermKind.Comma && rest[i - 3].Is(TermKind.Subject, "span");
            if (rest[i].Kind != TermKind.Number || !(tail || rest[i].Tag == "times" || IsCounted(rest, i + 1)))
                continue;
            if (i > 0 && rest[i - 1].Kind == TermKind.Compare && !Binds(rest, i - 1))
                return Cut(rest, i - 1, 2, Filter(rest[i - 1].Tag, Count, Values.Number(rest[i].Value)));
            if (i + 1 < rest.Count && rest[i + 1].Kind == TermKind.Postfix)
                return Cut(rest, i, 2, Filter(rest[i + 1].Tag, Count, Values.Number(rest[i].Value)));
            if (
                i > 0
                && rest[i - 1]
                    is {
                        Kind: TermKind.With or TermKind.Function,
                        Lower: "with" or "have" or "has" or "having" or "just" or "only" or "contain" or "containing"
                    }
                && rest[i].Value < 100
            )
                return Cut(rest, i, 1, Filter("=", Count, Values.Number(rest[i].Value)));
        }

        return null;
    }

    /// <summary>A number that a count is compared with ends the words.</summary>
    public static bool IsLimited(List<Term> terms, int count)
    {
        var compare = terms.FindIndex(count, t => t.Kind == TermKind.Compare);
        return compare >= 0
            && compare + 1 < terms.Count
            && terms[compare + 1].Kind == TermKind.Number
            && terms.Skip(compare + 2).All(t => t.Kind is TermKind.Break);
    }

    private static List<ScalarFilter> Cut(List<Term> rest, int from, int count, ScalarFilter filter)
    {
        rest.RemoveRange(from, count);
        rest.RemoveAll(t => t.Lower == "times");
        return [filter];
    }

    // "status code over 400" binds the number; "traces with over 400 spans" does not.
    private static bool Binds(List<Term> rest, int compare)
    {
        var k = compare - 1;
        while (k >= 0 && rest[k].Kind is TermKind.Copula or TermKind.Function or TermKind.Article)
            k--;
        return k >= 0
            && (rest[k].Kind == TermKind.Field || rest[k].Kind == TermKind.Name && rest[k].Fields.Count > 0)
            && rest[k + 1].Kind is not TermKind.Function;
    }

    /// <summary>What follows the number is spans, and nothing that spans have a number of.</summary>
    private static bool IsCounted(List<Term> rest, int at)
    {
        if (at < rest.Count && rest[at].Kind == TermKind.Postfix)
            at++;
        for (; at < rest.Count; at++)
        {
            // "more than 3 services": a trace's spans can be counted, what they are of cannot.
            if (
                rest[at].Kind == TermKind.Service
                && rest[at].Lower.EndsWith('s')
                && (at + 1 >= rest.Count || rest[at + 1].Kind != TermKind.Subject)
            )
                return false;
            if (rest[at].Kind is TermKind.Subject or TermKind.Service || rest[at].Lower == "times")
                return rest[at].Tag is not ("trace" or "event" or "link");
            if (rest[at].Kind is TermKind.Condition)
                return true;
            if (rest[at].Kind is TermKind.Field && rest[at].Fields is [IntrinsicReference { Intrinsic: Intrinsic.Name }])
                return true;
            if (
                rest[at].Lower is not ("distinct" or "unique" or "different" or "separate")
                && rest[at].Kind
                    is not (
                        TermKind.Name
                        or TermKind.Unknown
                        or TermKind.Method
                        or TermKind.Operation
                        or TermKind.Number
                        or TermKind.Filler
                        or TermKind.Extreme
                        or TermKind.Text
                        or TermKind.Path
                        or TermKind.Article
                        or TermKind.Prep
                        or TermKind.Returned
                    )
            )
                return false;
        }

        return false;
    }

    private static Aggregate Count { get; } = new(AggregateKind.Count, null);

    /// <summary>"average duration over 20 ms", "the quickest span is under a millisecond": takes it out.</summary>
    private static List<ScalarFilter>? Aggregated(List<Term> rest, KnownNamesIndex index)
    {
        for (var i = 0; i < rest.Count; i++)
        {
            if (Kind(rest[i]) is not { } kind || !rest.Any(t => t.Is(TermKind.Subject, "trace")) && rest[i].Kind == TermKind.Extreme)
                continue;
            var at = i + 1;
            FieldExpression? field = null;
            var start = i;
            // "the duration sum of", "total span duration", "average of retry_count"
            for (
                ;
                at < rest.Count
                    && rest[at].Kind
                        is TermKind.Field
                            or TermKind.Subject
                            or TermKind.Name
                            or TermKind.Prep
                            or TermKind.Article
                            or TermKind.Filler
                            or TermKind.Took
                            or TermKind.Copula
                            or TermKind.Function
                            or TermKind.Aggregate;
                at++
            )
            {
                if (field is null && (rest[at].Kind == TermKind.Field || rest[at].Kind == TermKind.Name && rest[at].Fields.Count > 0))
                    field = Catalogued.Narrowed(index, rest[at].Fields)[0];
                else if (field is null && rest[at].Kind == TermKind.Name)
                    break;
            }

            if (field is null && i > 0 && rest[i - 1].Kind == TermKind.Field)
                (field, start) = (Catalogued.Narrowed(index, rest[i - 1].Fields)[0], i - 1);
            // "the response bodies of the cdn service add up to more than 5 MB"
            if (
                field is null
                && rest[i].Tag == "sum"
                && at < rest.Count
                && rest[at] is { Kind: TermKind.Compare }
                && rest.FindLastIndex(i, t => t.Kind == TermKind.Field && Making.HasNumber(t.Fields)) is >= 0 and var summed
            )
            {
                field = Catalogued.Narrowed(index, rest[summed].Fields)[0];
                rest[summed] = new Term(TermKind.Function, rest[summed].Text, rest[summed].Start, rest[summed].End);
            }

            // "lasting more than 1 s on average"
            if (i > 1 && rest[i - 2].Kind == TermKind.Compare && rest[i - 1].Kind == TermKind.Duration && at == i + 1)
                return Cut(
                    rest,
                    i - 2,
                    3,
                    Filter(rest[i - 2].Tag, new Aggregate(kind, Field.Of(Intrinsic.Duration)), Literal.Nanoseconds((long)rest[i - 1].Value))
                );
            var compare = rest.FindIndex(i, t => t.Kind is TermKind.Compare);
            if (compare < 0 || compare + 1 >= rest.Count || rest[compare + 1].Kind is not (TermKind.Number or TermKind.Duration))
                continue;
            field ??= rest[compare + 1].Kind == TermKind.Duration ? Field.Of(Intrinsic.Duration) : null;
            if (field is null || Values.Of([field], rest[compare + 1]) is not { } value)
                continue;
            var filter = Filter(rest[compare].Tag, new Aggregate(kind, field), value);
            // What stands between names the spans that are added up.
            rest.RemoveRange(compare, 2);
            rest.RemoveRange(start, Math.Min(at, compare) - start);
            return [filter];
        }

        return null;
    }

    private static AggregateKind? Kind(Term term) =>
        (term.Kind, term.Tag) switch
        {
            (TermKind.Aggregate, "avg") => AggregateKind.Avg,
            (TermKind.Aggregate, "min") or (TermKind.Extreme, "fast") => AggregateKind.Min,
            (TermKind.Aggregate, "max") or (TermKind.Extreme, "slow") => AggregateKind.Max,
            (TermKind.Aggregate, "sum") => AggregateKind.Sum,
            _ => null,
        };

    private static ScalarFilter Filter(string op, Aggregate aggregate, Literal value) =>
        new(Making.Op(op), aggregate, new ScalarLiteral(value));
}
