using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>Measures over time: what is measured, of which spans, kept apart by what, and which series are shown.</summary>
internal sealed class SeriesReader(IReadOnlyList<Term> terms, KnownNamesIndex index)
{
    private List<Term> _rest = [.. terms];

    public (MetricsExpression Metrics, IReadOnlyList<Term> Unread)? Read()
    {
        if (terms.Any(t => t.Kind == TermKind.Differ))
        {
            if (Differences.Read(_rest, index) is { } compared)
                return compared;
            _rest = [.. terms.Where(t => t.Kind != TermKind.Differ)];
        }

        var share = terms.FirstOrDefault(t => t.Kind == TermKind.Share);
        var head = Head();
        var threshold = Thresholds.Take(_rest, terms, head is not null);
        var per = _rest.FirstOrDefault(t => t.Kind == TermKind.PerUnit);
        _rest.RemoveAll(t => t.Kind is TermKind.PerUnit or TermKind.OverTime);
        var by = Grouping.Take(_rest, index);
        var asked = Asked();
        var ranking = Ranking.Take(_rest, index);
        if (ranking?.By is { } ranked)
            by = [.. by.Append(ranked).Distinct()];
        else if ((asked ?? (threshold is null ? null : head)) is { } single && by.Count == 0)
            by = [single];
        if (share is not null)
            return Shares.Read(share, by, _rest, terms, index);
        if (
            new SeriesMeasures(terms, _rest, index).Function(ranking, per is not null, by.Count > 0, threshold is not null)
            is not { } function
        )
            return null;
        _rest =
        [
            .. _rest.Where(t => t.Kind != TermKind.Count && !IsUnit(t)).Select(t => t.Kind == TermKind.Rate ? SeriesMeasures.Noun(t) : t),
        ];
        var scale = Unit();
        var spans = SpansetReader.Read(Extended(), index);
        MetricsExpression metrics = new MetricsQuery(
            new Pipeline([Source(spans.Expression, ranking)]),
            function with
            {
                By = new EquatableList<FieldExpression>(by),
            }
        );
        var stages = new List<MetricsStage>();
        if (threshold is not null)
            stages.Add(threshold);
        if (ranking?.Count is { } count && by.Count > 0)
            stages.Add(new RankStage(ranking.Largest, count));
        if (stages.Count > 0)
            metrics = new StagedMetrics(metrics, new EquatableList<MetricsStage>(stages));
        if (per is not null)
            metrics = new MetricsArithmetic(
                FieldOperator.Multiply,
                metrics,
                new MetricsConstant(double.Parse(per.Tag, System.Globalization.CultureInfo.InvariantCulture))
            );
        if (scale > 1)
            metrics = new MetricsArithmetic(FieldOperator.Divide, metrics, new MetricsConstant(scale));
        return (metrics, spans.Unread);
    }

    private static SpansetExpression Source(SpansetExpression spans, Ranking? ranking) =>
        ranking?.Extreme == "failing" && spans is SpansetFilter filter
            ? new SpansetFilter(filter.Condition is Literal ? Field.Failed() : filter.Condition.And(Field.Failed()))
            : spans;

    /// <summary>The words of the filter, without what only joins the parts of a measure.</summary>
    private List<Term> Extended() =>
        [.. _rest.Where(t => t.Kind is not (TermKind.Pronoun or TermKind.Top) && !t.Is(TermKind.Subject, "trace"))];

    /// <summary>"Which instrumentation libraries report …, at what rate": what is asked for is what the series are kept apart by.</summary>
    private FieldExpression? Asked()
    {
        var which = _rest.FindIndex(t => t.Lower is "which" or "what");
        if (which < 0 || which + 1 >= _rest.Count)
            return null;
        var at = _rest.FindIndex(which + 1, t => t.Kind is TermKind.Field or TermKind.Service);
        if (at < 0 || at > which + 2 || !_rest[at].Lower.EndsWith('s') || _rest[at].Lower is "status")
            return null;
        var field = Grouping.Of(_rest, at, index);
        if (field is not null && !terms.Any(t => t.Kind is TermKind.Extreme or TermKind.Most or TermKind.Aggregate))
            _rest.RemoveAt(at);
        return field;
    }

    /// <summary>"Operations with a p95 above 2 s": what they begin with is what the series are kept apart by.</summary>
    private FieldExpression? Head()
    {
        var at = _rest.FindIndex(t => t.Kind is not (TermKind.Function or TermKind.Article or TermKind.Whose));
        return
            at >= 0
            && at + 1 < _rest.Count
            && _rest[at].Kind is TermKind.Service or TermKind.Field
            && _rest[at].Lower.EndsWith('s')
            && (_rest[at + 1].Kind is TermKind.With or TermKind.Whose || _rest[at + 1].Lower.EndsWith("ing", StringComparison.Ordinal))
            ? Grouping.Of(_rest, at, index)
            : null;
    }

    // "… per second" is no noun.
    private static bool IsUnit(Term term) =>
        term is { Kind: TermKind.Rate, Lower: "per second" or "a second" or "each second" or "/s" or "rps" or "qps" };

    /// <summary>"in MiB": what the values are divided by.</summary>
    private double Unit()
    {
        var at = _rest.FindIndex(t => Conventions.Unit(t.Lower) > 1 && t.Kind is TermKind.Unknown or TermKind.Filler);
        if (at < 1 || _rest[at - 1] is not { Kind: TermKind.Prep or TermKind.Function, Lower: "in" or "as" })
            return 1;
        var unit = Conventions.Unit(_rest[at].Lower);
        _rest.RemoveRange(at - 1, 2);
        return unit;
    }
}
