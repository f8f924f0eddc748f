using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Traceql.Filters;
using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Structures;
using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL;
using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Metrics;
using Copilot.TraceQL.Spansets;

namespace Copilot.Agent.Interpretation.Traceql.Series;

/// <summary>Measures over time: what is measured, of which spans, kept apart by what, and which series are shown.</summary>
internal sealed class SeriesReader(IReadOnlyList<Term> terms, CatalogueIndex index)
{
    /// <summary>What is measured stays as a noun, so that "checkout latency" still names a service.</summary>
    private static Term Noun(Term measure) => new(TermKind.Subject, measure.Text, measure.Start, measure.End) { Tag = "request" };

    private static readonly Term None = new(TermKind.Function, "", 0, 0);

    private List<Term> rest = [.. terms];

    public (MetricsExpression Metrics, IReadOnlyList<Term> Unread)? Read()
    {
        if (terms.Any(t => t.Kind == TermKind.Differ))
        {
            if (Compared() is { } compared)
                return compared;
            rest = [.. terms.Where(t => t.Kind != TermKind.Differ)];
        }

        var share = terms.FirstOrDefault(t => t.Kind == TermKind.Share);
        var head = Head();
        var threshold = Threshold(head is not null);
        var per = rest.FirstOrDefault(t => t.Kind == TermKind.PerUnit);
        rest.RemoveAll(t => t.Kind is TermKind.PerUnit or TermKind.OverTime);
        var by = Grouping.Take(rest, index);
        var asked = Asked();
        var ranking = Ranking.Take(rest, index);
        if (ranking?.By is { } ranked)
            by = [.. by.Append(ranked).Distinct()];
        else if ((asked ?? (threshold is null ? null : head)) is { } single && by.Count == 0)
            by = [single];
        if (share is not null)
            return Share(share, by);
        if (Function(ranking, per is not null, by.Count > 0, threshold is not null) is not { } function)
            return null;
        rest = [.. rest.Where(t => t.Kind != TermKind.Count && !IsUnit(t)).Select(t => t.Kind == TermKind.Rate ? Noun(t) : t)];
        var scale = Unit();
        var spans = SpansetReader.Read(Extended(), index);
        MetricsExpression metrics = new MetricsQuery(new Pipeline([Source(spans.Expression, ranking)]), function with { By = new EquatableList<FieldExpression>(by) });
        var stages = new List<MetricsStage>();
        if (threshold is not null)
            stages.Add(threshold);
        if (ranking?.Count is { } count && by.Count > 0)
            stages.Add(new RankStage(ranking.Largest, count));
        if (stages.Count > 0)
            metrics = new StagedMetrics(metrics, new EquatableList<MetricsStage>(stages));
        if (per is not null)
            metrics = new MetricsArithmetic(FieldOperator.Multiply, metrics, new MetricsConstant(double.Parse(per.Tag, System.Globalization.CultureInfo.InvariantCulture)));
        if (scale > 1)
            metrics = new MetricsArithmetic(FieldOperator.Divide, metrics, new MetricsConstant(scale));
        return (metrics, spans.Unread);
    }

    private static SpansetExpression Source(SpansetExpression spans, Ranking? ranking) =>
        ranking?.Extreme == "failing" && spans is SpansetFilter filter ? new SpansetFilter(filter.Condition is Literal ? Field.Failed() : filter.Condition.And(Field.Failed())) : spans;

    /// <summary>The words of the filter, without what only joins the parts of a measure.</summary>
    private List<Term> Extended() => [.. rest.Where(t => t.Kind is not (TermKind.Pronoun or TermKind.Top) && !t.Is(TermKind.Subject, "trace"))];

    /// <summary>"Which instrumentation libraries report …, at what rate": what is asked for is what the series are kept apart by.</summary>
    private FieldExpression? Asked()
    {
        var which = rest.FindIndex(t => t.Lower is "which" or "what");
        if (which < 0 || which + 1 >= rest.Count)
            return null;
        var at = rest.FindIndex(which + 1, t => t.Kind is TermKind.Field or TermKind.Service);
        if (at < 0 || at > which + 2 || !rest[at].Lower.EndsWith('s') || rest[at].Lower is "status")
            return null;
        var field = Grouping.Of(rest, at, index);
        if (field is not null && !terms.Any(t => t.Kind is TermKind.Extreme or TermKind.Most or TermKind.Aggregate))
            rest.RemoveAt(at);
        return field;
    }

    /// <summary>"Operations with a p95 above 2 s": what they begin with is what the series are kept apart by.</summary>
    private FieldExpression? Head()
    {
        var at = rest.FindIndex(t => t.Kind is not (TermKind.Function or TermKind.Article or TermKind.Whose));
        return at >= 0 && at + 1 < rest.Count && rest[at].Kind is TermKind.Service or TermKind.Field && rest[at].Lower.EndsWith('s') && (rest[at + 1].Kind is TermKind.With or TermKind.Whose || rest[at + 1].Lower.EndsWith("ing", StringComparison.Ordinal)) ? Grouping.Of(rest, at, index) : null;
    }

    /// <summary>"leaving out zeros", "with traffic", "above 5 per second": of the series, not of spans.</summary>
    private ThresholdStage? Threshold(bool ofSeries)
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
            var when = new ThresholdStage(Op(rest[compare].Tag), rest[compare + 1].Kind == TermKind.Duration ? rest[compare + 1].Value / 1e9 : rest[compare + 1].Value);
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
        var stage = new ThresholdStage(Op(rest[compare].Tag), rest[compare + 1].Value);
        rest.RemoveRange(compare, 2);
        return stage;
    }

    private static FieldOperator Op(string tag) => tag switch
    {
        ">" => FieldOperator.Greater,
        "<" => FieldOperator.Less,
        ">=" => FieldOperator.GreaterOrEqual,
        "<=" => FieldOperator.LessOrEqual,
        _ => FieldOperator.Equal,
    };

    /// <summary>Null where nothing is measured: the words ask for spans.</summary>
    private MetricsFunction? Function(Ranking? ranking, bool perUnit, bool grouped, bool threshold)
    {
        var overTime = terms.Any(t => t.Kind == TermKind.OverTime) || terms[0].Lower == "when" && threshold;
        if (terms.Any(t => t.Kind == TermKind.Quantile))
            return new MetricsFunction(MetricsFunctionKind.QuantileOverTime) { Field = Measured(), Quantiles = new EquatableList<double>(Quantiles()) };
        if (terms.Any(t => t.Kind == TermKind.Histogram))
        {
            rest.RemoveAll(t => t.Kind == TermKind.Histogram);
            return new MetricsFunction(MetricsFunctionKind.HistogramOverTime) { Field = Measured() };
        }

        var aggregate = rest.FirstOrDefault(t => t.Kind == TermKind.Aggregate);
        var time = terms.ToList().FindIndex(t => t.Lower is "time spent" or "time");
        var spent = time >= 0 && (aggregate?.Tag == "sum" || ranking?.Extreme == "most" || aggregate is null && (grouped || overTime) && (terms[time].Lower == "time spent" || time > 0 && terms[time - 1].Kind is TermKind.Condition or TermKind.Unknown or TermKind.Name));
        if (spent)
        {
            rest.RemoveAll(t => t.Kind == TermKind.Aggregate || t is { Kind: TermKind.Field, Fields: [IntrinsicReference { Intrinsic: Intrinsic.Duration }] });
            return new MetricsFunction(MetricsFunctionKind.SumOverTime) { Field = Field.Of(Intrinsic.Duration) };
        }

        if (terms.Any(t => t.Kind == TermKind.Rate) || perUnit || ranking?.Extreme is "busy" or "idle" or "failing")
        {
            rest.RemoveAll(t => t.Kind == TermKind.Aggregate);
            return new MetricsFunction(MetricsFunctionKind.Rate);
        }

        if (terms.Any(t => t.Kind == TermKind.Count) || ranking?.Extreme is "most" or "fewest" or "common" or "rare")
        {
            rest.RemoveAll(t => t.Is(TermKind.Aggregate, "sum"));
            return new MetricsFunction(MetricsFunctionKind.CountOverTime);
        }

        var latency = rest.Any(t => t is { Kind: TermKind.Field, Fields: [IntrinsicReference { Intrinsic: Intrinsic.Duration or Intrinsic.TraceDuration }] });
        if (aggregate is not null && (MeasureNear(aggregate) || latency || ranking is not null || overTime || grouped))
        {
            var field = Measured();
            rest.RemoveAll(t => t.Kind == TermKind.Aggregate);
            return new MetricsFunction(Kind(aggregate.Tag)) { Field = field };
        }

        if (ranking?.Extreme is "slow" or "fast")
            return new MetricsFunction(ranking.By is not null ? MetricsFunctionKind.AvgOverTime : ranking.Extreme == "slow" ? MetricsFunctionKind.MaxOverTime : MetricsFunctionKind.MinOverTime) { Field = Measured() };
        if (rest.FirstOrDefault(t => t.Kind == TermKind.Extreme && t.Tag is "slow" or "fast") is { } extreme && (grouped || overTime || rest[0] == extreme || rest.Count > 1 && rest[1] == extreme) && extreme.Lower is not ("slow" or "quick"))
        {
            rest.Remove(extreme);
            return new MetricsFunction(extreme.Tag == "slow" ? MetricsFunctionKind.MaxOverTime : MetricsFunctionKind.MinOverTime) { Field = Measured() };
        }

        if (ranking?.Extreme is "highest" or "lowest" && latency)
            return new MetricsFunction(MetricsFunctionKind.AvgOverTime) { Field = Measured() };
        // "total tokens by model"
        if (aggregate is null && rest.Any(t => t.Kind == TermKind.Field && t.Lower.StartsWith("total ", StringComparison.Ordinal) && Measurable(t) && !FollowedByValue(t)) && (grouped || overTime))
            return new MetricsFunction(MetricsFunctionKind.SumOverTime) { Field = Measured() };
        if (latency && (grouped || overTime || threshold))
            return new MetricsFunction(MetricsFunctionKind.AvgOverTime) { Field = Measured() };
        return grouped || overTime || ranking is { By: not null } ? new MetricsFunction(MetricsFunctionKind.CountOverTime) : null;
    }

    private bool MeasureNear(Term aggregate)
    {
        var at = rest.IndexOf(aggregate);
        return rest.Skip(at + 1).Take(3).Concat(rest.Take(at).TakeLast(2)).Any(t => t.Kind == TermKind.Field || t.Kind == TermKind.Name && t.Fields.Count > 0);
    }

    private IEnumerable<double> Quantiles()
    {
        var named = rest.Where(t => t.Kind == TermKind.Quantile && t.Value > 0).Select(t => t.Value).ToList();
        if (rest.Any(t => t is { Kind: TermKind.Quantile, Lower: "median" }))
            named.Add(0.5);
        var word = rest.FindIndex(t => t is { Kind: TermKind.Quantile, Value: 0 });
        if (word >= 0)
        {
            // "percentiles (50/95/99)", "50th, 95th and 99th percentile", "the 95 percentile"
            var numbers = rest.Where(t => t.Kind == TermKind.Number && t.Value is > 0 and < 100).ToList();
            named.AddRange(numbers.Select(n => n.Value > 1 ? Math.Round(n.Value / 100, 6) : n.Value));
            rest.RemoveAll(numbers.Contains);
        }

        rest.RemoveAll(t => t.Kind == TermKind.Quantile);
        return named.Count > 0 ? named.Distinct() : [0.95];
    }

    /// <summary>The attribute that is measured, taken out of the words; a span's duration where none is named.</summary>
    private FieldExpression Measured()
    {
        var at = rest.FindIndex(t => (t.Kind == TermKind.Field || t.Kind == TermKind.Name && t.Fields.Count > 0) && Measurable(t) && !FollowedByValue(t));
        if (at < 0)
            return Field.Of(Intrinsic.Duration);
        var field = Catalogued.Narrowed(index, rest[at].Fields)[0];
        rest[at] = Noun(rest[at]);
        return field;
    }

    private bool FollowedByValue(Term term)
    {
        var next = rest.SkipWhile(t => t != term).Skip(1).SkipWhile(t => t.Kind is TermKind.Copula).FirstOrDefault() ?? None;
        return next.Kind is TermKind.Compare or TermKind.Match or TermKind.Present or TermKind.Absent or TermKind.Text or TermKind.Name;
    }

    private bool AfterAggregate(Term term) => rest.TakeWhile(t => t != term).LastOrDefault() is { Kind: TermKind.Aggregate };

    private bool Measurable(Term term) => term.Tag == "written" || term.Kind == TermKind.Name || term.Linked
        || term.Fields[0] is IntrinsicReference { Intrinsic: Intrinsic.Duration or Intrinsic.TraceDuration or Intrinsic.ChildCount or Intrinsic.EventTimeSinceStart }
        || term.Fields[0].ToString() is var name && (name.EndsWith("size", StringComparison.Ordinal) || name.EndsWith("tokens", StringComparison.Ordinal) || name.EndsWith("rows", StringComparison.Ordinal) || name.EndsWith("status_code", StringComparison.Ordinal) && AfterAggregate(term));

    private static MetricsFunctionKind Kind(string tag) => tag switch
    {
        "avg" => MetricsFunctionKind.AvgOverTime,
        "min" => MetricsFunctionKind.MinOverTime,
        "max" => MetricsFunctionKind.MaxOverTime,
        _ => MetricsFunctionKind.SumOverTime,
    };

    // "… per second" is no noun.
    private static bool IsUnit(Term term) => term is { Kind: TermKind.Rate, Lower: "per second" or "a second" or "each second" or "/s" or "rps" or "qps" };

    /// <summary>"in MiB": what the values are divided by.</summary>
    private double Unit()
    {
        var at = rest.FindIndex(t => Conventions.Unit(t.Lower) > 1 && t.Kind is TermKind.Unknown or TermKind.Filler);
        if (at < 1 || rest[at - 1] is not { Kind: TermKind.Prep or TermKind.Function, Lower: "in" or "as" })
            return 1;
        var unit = Conventions.Unit(rest[at].Lower);
        rest.RemoveRange(at - 1, 2);
        return unit;
    }

    /// <summary>"share of requests that fail", "each service's share of throughput": a part over the whole.</summary>
    private (MetricsExpression, IReadOnlyList<Term>)? Share(Term share, List<FieldExpression> by)
    {
        rest.RemoveAll(t => t.Kind is TermKind.Share or TermKind.Rate or TermKind.Count or TermKind.Aggregate or TermKind.Pronoun);
        var clauses = ConditionReader.Read(rest, index);
        var part = clauses.Filter();
        var whole = clauses.All.Any(c => c.IsState) ? Clauses.Filter(clauses.All.Where(c => !c.IsState)) : new SpansetFilter(Literal.Of(true));
        var states = clauses.All.Any(c => c.IsState);
        // "success rate of checkout": what did not fail, of all.
        if (!states && share.Lower is "success rate" or "success ratio" or "availability")
            (whole, part, states) = (part, new SpansetFilter(part.Condition is Literal ? Negation.Of(Field.Failed()) : part.Condition.And(Negation.Of(Field.Failed()))), true);
        // "each region's share of errors": of all errors.
        if (states && by.Count > 0 && terms[0].Lower is "each" or "every" or "for each" or "for every")
            (whole, states) = (part, false);
        MetricsExpression ratio = new MetricsArithmetic(
            FieldOperator.Divide, Rate(part, by), Rate(whole, states ? by : []));
        if (share.Lower is "percentage" or "percent")
            ratio = new MetricsArithmetic(FieldOperator.Multiply, ratio, new MetricsConstant(100));
        return (ratio, clauses.Unread);
    }

    private static MetricsQuery Rate(SpansetFilter filter, List<FieldExpression> by) =>
        new(new Pipeline([filter]), new MetricsFunction(MetricsFunctionKind.Rate) { By = new EquatableList<FieldExpression>(by) });

    /// <summary>"what is different about failing requests to x": the state chooses, the rest says among what.</summary>
    private (MetricsExpression, IReadOnlyList<Term>)? Compared()
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
