using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.Language.Sentences;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>
/// Plain words to TraceQL: tokens → terms → what is measured, counted or related, and conditions → a checked query.
/// Names are those of the catalogue; where it knows none, those of OpenTelemetry's conventions. Pure, and never throws on any text.
/// </summary>
public static class TraceQlTranslator
{
    /// <param name="words">What is asked for.</param>
    /// <param name="catalogue">What there is; <see cref="KnownNames.Empty"/> is fine.</param>
    /// <param name="asOf">What "now" is: words that mean a time are the window's, not the query's.</param>
    public static Translation Translate(string words, KnownNames catalogue, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Translate(WrittenWords.Read(words, asOf, TimeZoneInfo.Utc, KnownNamesIndex.Of(catalogue)));
    }

    internal static Translation Translate(Sentence sentence)
    {
        var terms = TermReader.Read(sentence).ToList();
        Sums.Join(terms);
        Sums.DropCounts(terms);
        WholeTraces(terms);
        var hints = Hints(terms);
        List<Term> said = [.. terms];
        var selected = Selected(terms, sentence.Index);
        var (query, unread) = Read(terms, selected, sentence.Index);
        if (hints.Count > 0)
            query = query with { Hints = new EquatableList<Hint>(hints) };
        // What the printer writes is what people edit: it must be a query that passes the checks.
        if (!TraceQlParser.TryParse(query.ToString(), out var parsed, out _))
            return new Translation { Unread = [.. unread.Select(t => t.Text)] };
        unread = [.. unread.Concat(WordCoverage.Missing(said, parsed)).DistinctBy(t => t.Start).OrderBy(t => t.Start)];
        var content = said.Count(t =>
            t.Kind is not (TermKind.Function or TermKind.Filler or TermKind.Article or TermKind.Break or TermKind.Comma)
        );
        return new Translation
        {
            Query = parsed,
            Unread = [.. unread.Select(t => t.Text).Distinct()],
            Shape = Shape(parsed),
            Score = content == 0 ? 0 : Math.Max(0, 1 - 2.0 * unread.Count / (content + 1)),
        };
    }

    private static (TraceQlQuery Query, IReadOnlyList<Term> Unread) Read(
        List<Term> terms,
        IReadOnlyList<FieldExpression> selected,
        KnownNamesIndex index
    )
    {
        if (CountsWithinTraces(terms) && CountReader.Read(terms, index) is { } counted)
            return (TraceQlQuery.Of(With(counted.Pipeline, selected)), counted.Unread);
        if (!AsksForSpans(terms) && new SeriesReader(terms, index).Read() is { } series)
            return (TraceQlQuery.Of(series.Metrics), series.Unread);
        if (!AsksForSpans(terms) && CountReader.Read(terms, index) is { } lone)
            return (TraceQlQuery.Of(With(lone.Pipeline, selected)), lone.Unread);
        var spans = SpansetReader.Read(terms, index);
        return (TraceQlQuery.Of(With(new Pipeline([spans.Expression]), selected)), spans.Unread);
    }

    private static Pipeline With(Pipeline pipeline, IReadOnlyList<FieldExpression> selected) =>
        selected.Count == 0
            ? pipeline
            : new Pipeline(
                new EquatableList<PipelineStage>(pipeline.Stages.Append(new Select(new EquatableList<FieldExpression>(selected))))
            );

    private static bool CountsWithinTraces(List<Term> terms)
    {
        var trace = terms.FindIndex(t => t.Is(TermKind.Subject, "trace"));
        // "traces where the number of errors is over 5", but "how many traces …"
        return trace >= 0
            && !terms.Any(t => t.Kind is TermKind.Rate or TermKind.OverTime or TermKind.Quantile or TermKind.Histogram)
            && terms.FindIndex(t => t.Kind == TermKind.Count) is var count
            && (count < 0 || count > trace && CountReader.IsLimited(terms, count));
    }

    /// <summary>"Traces where …", "spans with …" without any word of a measure.</summary>
    private static bool AsksForSpans(List<Term> terms) =>
        !terms.Any(t =>
            t.Kind
                is TermKind.Rate
                    or TermKind.Count
                    or TermKind.Quantile
                    or TermKind.Histogram
                    or TermKind.Share
                    or TermKind.Differ
                    or TermKind.OverTime
                    or TermKind.Aggregate
                    or TermKind.Extreme
                    or TermKind.Most
                    or TermKind.Top
                    or TermKind.By
                    or TermKind.PerUnit
                    or TermKind.Number
                    or TermKind.Compare
                    or TermKind.Postfix
                    or TermKind.Single
        );

    // "traces that took longer than 4 s in total": nothing is added up, it is the trace that took so long.
    private static void WholeTraces(List<Term> terms)
    {
        var total = terms.FindIndex(t => t is { Kind: TermKind.Aggregate, Lower: "in total" });
        var trace = terms.FindIndex(t => t.Is(TermKind.Subject, "trace"));
        if (
            trace >= 0
            && total > trace
            && terms
                .Skip(trace + 1)
                .Take(total - trace - 1)
                .All(t =>
                    t.Kind
                        is TermKind.Whose
                            or TermKind.Took
                            or TermKind.Copula
                            or TermKind.Compare
                            or TermKind.Duration
                            or TermKind.Function
                )
        )
            terms.RemoveAt(total);
    }

    private static List<Hint> Hints(List<Term> terms)
    {
        var hints = new List<Hint>();
        if (terms.RemoveAll(t => t.Kind == TermKind.Newest) > 0)
            hints.Add(new Hint("most_recent", Literal.Of(true)));
        var sampled = terms.FindIndex(t => t.Kind == TermKind.Sampled);
        if (sampled >= 0)
            hints.Add(new Hint("sample", Sample(terms, sampled)));
        return hints;
    }

    /// <summary>"a 10 % sample", "sampling one trace in ten": takes the words out and gives the share; true where none is said.</summary>
    private static Literal Sample(List<Term> terms, int at)
    {
        var share = 0.0;
        var (from, to) = (at, at + 1);
        if (
            to + 3 < terms.Count + 0
            && terms[to].Kind == TermKind.Number
            && terms[to + 1].Kind == TermKind.Subject
            && terms[to + 3].Kind == TermKind.Number
        )
            (share, to) = (terms[to].Value / Math.Max(1, terms[to + 3].Value), to + 4);
        while (
            from > 0
            && (
                terms[from - 1].Is(TermKind.Number, "%")
                || terms[from - 1].Kind is TermKind.Article or TermKind.Prep or TermKind.Comma
                || terms[from - 1].Lower is "using" or "span" or "trace"
            )
        )
        {
            from--;
            if (terms[from].Tag == "%")
                share = terms[from].Value / 100;
        }

        terms.RemoveRange(from, to - from);
        return share is > 0 and < 1 ? Literal.Of(share) : Literal.Of(true);
    }

    /// <summary>"… with their route and status code" at the end: what to show of each span.</summary>
    private static IReadOnlyList<FieldExpression> Selected(List<Term> terms, KnownNamesIndex index)
    {
        var at = terms.FindLastIndex(t => t.Kind == TermKind.Select);
        // "… with version and pod as columns"
        if (at > 0 && terms[at].Lower == "as columns" && terms.FindLastIndex(at, t => t.Kind == TermKind.With) is > 0 and var with)
        {
            terms.RemoveAt(at);
            at = with;
        }

        if (at < 1 || at + 1 >= terms.Count)
            return [];
        var tail = terms.Skip(at + 1).ToList();
        if (
            !tail.All(t =>
                t.Kind
                    is TermKind.Field
                        or TermKind.And
                        or TermKind.Comma
                        or TermKind.Article
                        or TermKind.Pronoun
                        or TermKind.Function
                        or TermKind.Service
                        or TermKind.Break
            ) || !tail.Any(t => t.Kind is TermKind.Field or TermKind.Service)
        )
        {
            // "… together with the fraud service": another span, nothing to show.
            if (
                terms[at].Lower.StartsWith("together with", StringComparison.Ordinal)
                || terms[at].Lower.StartsWith("along with", StringComparison.Ordinal)
            )
                terms[at] = terms[at] with { Kind = TermKind.Also };
            return [];
        }

        terms.RemoveRange(at, terms.Count - at);
        return
        [
            .. tail.Where(t => t.Kind is TermKind.Field or TermKind.Service)
                .Select(t => t.Kind == TermKind.Service ? Field.Resource("service.name") : Catalogued.Narrowed(index, t.Fields)[0]),
        ];
    }

    private static TranslationShape Shape(TraceQlQuery query) =>
        query switch
        {
            { Metrics: not null } => TranslationShape.Metrics,
            { Pipeline.Stages: var stages } when stages![0] is SpansetFilter && stages.Skip(1).All(s => s is Select) =>
                TranslationShape.Filter,
            { Pipeline.Stages: var stages } when stages![0] is SpansetOperation operation && stages.Skip(1).All(s => s is Select) =>
                operation.Operator.IsLogical() ? TranslationShape.Spansets : TranslationShape.Structure,
            _ => TranslationShape.Aggregate,
        };
}
