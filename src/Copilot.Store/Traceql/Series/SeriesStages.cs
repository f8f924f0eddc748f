using Copilot.Store.Traceql.Plans;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Series;

/// <summary>What is done to series that have been counted: arithmetic, comparisons, topk and bottomk.</summary>
internal static class SeriesStages
{
    public static IReadOnlyList<MetricSeries> Apply(IReadOnlyList<MetricSeries> series, MetricsStage stage) =>
        stage switch
        {
            RankStage rank => Rank(series, rank),
            ThresholdStage threshold => Keep(series, (_, v) => threshold.Operator.Holds(v, threshold.Value)),
            _ => series,
        };

    /// <summary>At each step by itself; equal values by their labels, so that the same question has the same answer.</summary>
    private static List<MetricSeries> Rank(IReadOnlyList<MetricSeries> series, RankStage rank)
    {
        var steps = series.Count == 0 ? 0 : series[0].Values.Count;
        var kept = new HashSet<(MetricSeries, int)>();
        for (var step = 0; step < steps; step++)
        {
            var present = series.Where(s => s.Values[step] is not null);
            var ordered = rank.Largest ? present.OrderByDescending(s => s.Values[step]) : present.OrderBy(s => s.Values[step]);
            foreach (var one in ordered.ThenBy(s => s.Key, StringComparer.Ordinal).Take(rank.Count))
                kept.Add((one, step));
        }

        return Keep(series, (at, _) => kept.Contains(at));
    }

    private static List<MetricSeries> Keep(IReadOnlyList<MetricSeries> series, Func<(MetricSeries, int), double, bool> keep) =>
        series
            .Select(s =>
                s with
                {
                    Values = s.Values.Select((v, step) => v is { } value && keep((s, step), value) ? value : (double?)null).ToArray(),
                }
            )
            .Where(s => s.Values.Any(v => v is not null))
            .ToList();

    public static IReadOnlyList<MetricSeries> WithConstant(
        IReadOnlyList<MetricSeries> series,
        FieldOperator op,
        double constant,
        bool constantFirst
    ) =>
        series
            .Select(s =>
                s with
                {
                    Values = s.Values.Select(v => constantFirst ? Calculate(op, constant, v) : Calculate(op, v, constant)).ToArray(),
                }
            )
            .ToList();

    /// <summary>Series with the same labels; a lone series without labels stands beside every other.</summary>
    public static IReadOnlyList<MetricSeries> Combine(FieldOperator op, IReadOnlyList<MetricSeries> left, IReadOnlyList<MetricSeries> right)
    {
        if (right is [{ Labels.Count: 0 } one])
            return left.Select(l => Together(l, op, l, one)).ToList();
        if (left is [{ Labels.Count: 0 } lone])
            return right.Select(r => Together(r, op, lone, r)).ToList();
        var others = right.ToDictionary(r => r.Key);
        return left.Where(l => others.ContainsKey(l.Key)).Select(l => Together(l, op, l, others[l.Key])).ToList();
    }

    private static MetricSeries Together(MetricSeries labelled, FieldOperator op, MetricSeries left, MetricSeries right) =>
        labelled with
        {
            Values = left.Values.Zip(right.Values, (l, r) => Calculate(op, l, r)).ToArray(),
        };

    private static double? Calculate(FieldOperator op, double? left, double? right)
    {
        var value = op switch
        {
            FieldOperator.Add => left + right,
            FieldOperator.Subtract => left - right,
            FieldOperator.Multiply => left * right,
            _ => left / right,
        };
        return value is { } number && double.IsFinite(number) ? number : null;
    }
}
