using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries;

/// <summary>What is measured over time: a rate, a count, percentiles, or an attribute added up, averaged or spread out. Takes its words out
/// of the rest.</summary>
internal sealed class SeriesMeasures(IReadOnlyList<Term> terms, List<Term> rest, KnownNamesIndex index)
{
    /// <summary>What is measured stays as a noun, so that "checkout latency" still names a service.</summary>
    public static Term Noun(Term measure) => new(TermKind.Subject, measure.Text, measure.Start, measure.End) { Tag = "request" };

    private static readonly Term None = new(TermKind.Function, "", 0, 0);

    /// <summary>Null where nothing is measured: the words ask for spans.</summary>
    public MetricsFunction? Function(Ranking? ranking, bool perUnit, bool grouped, bool threshold)
    {
        var overTime = terms.Any(t => t.Kind == TermKind.OverTime) || terms[0].Lower == "when" && threshold;
        if (terms.Any(t => t.Kind == TermKind.Quantile))
            return new MetricsFunction(MetricsFunctionKind.QuantileOverTime)
            {
                Field = Measured(),
                Quantiles = new EquatableList<double>(Quantiles()),
            };
        if (terms.Any(t => t.Kind == TermKind.Histogram))
        {
            rest.RemoveAll(t => t.Kind == TermKind.Histogram);
            return new MetricsFunction(MetricsFunctionKind.HistogramOverTime) { Field = Measured() };
        }

        var aggregate = rest.FirstOrDefault(t => t.Kind == TermKind.Aggregate);
        var time = terms.ToList().FindIndex(t => t.Lower is "time spent" or "time");
        var spent =
            time >= 0
            && (
                aggregate?.Tag == "sum"
                || ranking?.Extreme == "most"
                || aggregate is null
                    && (grouped || overTime)
                    && (
                        terms[time].Lower == "time spent"
                        || time > 0 && terms[time - 1].Kind is TermKind.Condition or TermKind.Unknown or TermKind.Name
                    )
            );
        if (spent)
        {
            rest.RemoveAll(t =>
                t.Kind == TermKind.Aggregate
                || t is { Kind: TermKind.Field, Fields: [IntrinsicReference { Intrinsic: Intrinsic.Duration }] }
            );
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

        var latency = rest.Any(t =>
            t is { Kind: TermKind.Field, Fields: [IntrinsicReference { Intrinsic: Intrinsic.Duration or Intrinsic.TraceDuration }] }
        );
        if (aggregate is not null && (MeasureNear(aggregate) || latency || ranking is not null || overTime || grouped))
        {
            var field = Measured();
            rest.RemoveAll(t => t.Kind == TermKind.Aggregate);
            return new MetricsFunction(Kind(aggregate.Tag)) { Field = field };
        }

        if (ranking?.Extreme is "slow" or "fast")
            return new MetricsFunction(
                ranking.By is not null ? MetricsFunctionKind.AvgOverTime
                : ranking.Extreme == "slow" ? MetricsFunctionKind.MaxOverTime
                : MetricsFunctionKind.MinOverTime
            )
            {
                Field = Measured(),
            };
        if (
            rest.FirstOrDefault(t => t.Kind == TermKind.Extreme && t.Tag is "slow" or "fast") is { } extreme
            && (grouped || overTime || rest[0] == extreme || rest.Count > 1 && rest[1] == extreme)
            && extreme.Lower is not ("slow" or "quick")
        )
        {
            rest.Remove(extreme);
            return new MetricsFunction(extreme.Tag == "slow" ? MetricsFunctionKind.MaxOverTime : MetricsFunctionKind.MinOverTime)
            {
                Field = Measured(),
            };
        }

        if (ranking?.Extreme is "highest" or "lowest" && latency)
            return new MetricsFunction(MetricsFunctionKind.AvgOverTime) { Field = Measured() };
        // "total tokens by model"
        if (
            aggregate is null
            && rest.Any(t =>
                t.Kind == TermKind.Field && t.Lower.StartsWith("total ", StringComparison.Ordinal) && Measurable(t) && !FollowedByValue(t)
            )
            && (grouped || overTime)
        )
            return new MetricsFunction(MetricsFunctionKind.SumOverTime) { Field = Measured() };
        if (latency && (grouped || overTime || threshold))
            return new MetricsFunction(MetricsFunctionKind.AvgOverTime) { Field = Measured() };
        return grouped || overTime || ranking is { By: not null } ? new MetricsFunction(MetricsFunctionKind.CountOverTime) : null;
    }

    private bool MeasureNear(Term aggregate)
    {
        var at = rest.IndexOf(aggregate);
        return rest.Skip(at + 1)
            .Take(3)
            .Concat(rest.Take(at).TakeLast(2))
            .Any(t => t.Kind == TermKind.Field || t.Kind == TermKind.Name && t.Fields.Count > 0);
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
        var at = rest.FindIndex(t =>
            (t.Kind == TermKind.Field || t.Kind == TermKind.Name && t.Fields.Count > 0) && Measurable(t) && !FollowedByValue(t)
        );
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

    private bool Measurable(Term term) =>
        term.Tag == "written"
        || term.Kind == TermKind.Name
        || term.Linked
        || term.Fields[0]
            is IntrinsicReference
            {
                Intrinsic: Intrinsic.Duration or Intrinsic.TraceDuration or Intrinsic.ChildCount or Intrinsic.EventTimeSinceStart
            }
        || term.Fields[0].ToString() is var name
            && (
                name.EndsWith("size", StringComparison.Ordinal)
                || name.EndsWith("tokens", StringComparison.Ordinal)
                || name.EndsWith("rows", StringComparison.Ordinal)
                || name.EndsWith("status_code", StringComparison.Ordinal) && AfterAggregate(term)
            );

    private static MetricsFunctionKind Kind(string tag) =>
        tag switch
        {
            "avg" => MetricsFunctionKind.AvgOverTime,
            "min" => MetricsFunctionKind.MinOverTime,
            "max" => MetricsFunctionKind.MaxOverTime,
            _ => MetricsFunctionKind.SumOverTime,
        };
}
