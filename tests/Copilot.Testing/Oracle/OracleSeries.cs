using System.Globalization;
using System.Text.Json;
using Copilot.TraceQL.Syntax;

namespace Copilot.Testing.Oracle;

/// <summary>Metrics queries over spans in memory, one span after the other.</summary>
public sealed class OracleSeries(OracleData data, long stepNs)
{
    private readonly OracleValues _values = new(data);

    private int Steps => (int)((data.Window.ToNs - data.Window.FromNs + stepNs - 1) / stepNs);

    public Dictionary<string, double?[]> Run(MetricsExpression metrics) =>
        metrics switch
        {
            MetricsQuery query => Count(query),
            StagedMetrics staged => staged.Stages.Aggregate(Run(staged.Source), Stage),
            MetricsArithmetic o when Constant(o.Right) is { } right => Run(o.Left)
                .ToDictionary(s => s.Key, s => s.Value.Select(v => Calculate(o.Operator, v, right)).ToArray()),
            MetricsArithmetic o when Constant(o.Left) is { } left => Run(o.Right)
                .ToDictionary(s => s.Key, s => s.Value.Select(v => Calculate(o.Operator, left, v)).ToArray()),
            MetricsArithmetic o => Combine(o.Operator, Run(o.Left), Run(o.Right)),
            _ => throw new NotSupportedException(metrics.GetType().Name),
        };

    private static double? Constant(MetricsExpression metrics) =>
        metrics switch
        {
            MetricsConstant constant => constant.Value,
            MetricsArithmetic o when Constant(o.Left) is { } left && Constant(o.Right) is { } right => Calculate(o.Operator, left, right),
            _ => null,
        };

    private Dictionary<string, double?[]> Count(MetricsQuery query)
    {
        var function = query.Function;
        var spans = new OraclePipeline(data).Run(query.Source).SelectMany(s => s).ToList();
        if (function.Compare is { } compare)
            return new OracleCompare(data, stepNs).Run(spans, compare, Steps);
        var zero = function.Kind is MetricsFunctionKind.Rate or MetricsFunctionKind.CountOverTime;
        var result = new Dictionary<string, double?[]>();
        if (zero && function.By.Count == 0)
            result[""] = Enumerable.Repeat((double?)0, Steps).ToArray();
        var scale = function.Field
            is IntrinsicReference { Intrinsic: Intrinsic.Duration or Intrinsic.TraceDuration or Intrinsic.EventTimeSinceStart }
            ? 1e-9
            : 1;
        foreach (var group in spans.GroupBy(s => (Labels(function, s), (s.Start - data.Window.FromNs) / stepNs)))
        {
            var numbers = function.Field is null
                ? []
                : group.Select(s => _values.Value(function.Field, s)).OfType<OracleNumber>().Order().ToList();
            if (function.Kind == MetricsFunctionKind.HistogramOverTime)
            {
                foreach (var bucket in numbers.GroupBy(Bucket))
                    Set(
                        result,
                        Joined(group.Key.Item1, "__bucket", (double)bucket.Key * scale),
                        (int)group.Key.Item2,
                        bucket.Count(),
                        zero
                    );
            }
            else if (function.Kind == MetricsFunctionKind.QuantileOverTime)
            {
                foreach (var q in function.Quantiles.Where(_ => numbers.Count > 0))
                    Set(
                        result,
                        Joined(group.Key.Item1, "p", q),
                        (int)group.Key.Item2,
                        (double)numbers[Math.Max(0, (int)Math.Ceiling(q * numbers.Count) - 1)] * scale,
                        zero
                    );
            }
            else if (One(function.Kind, group.Count(), numbers) is { } value)
            {
                Set(result, group.Key.Item1, (int)group.Key.Item2, zero ? value : value * scale, zero);
            }
        }

        return result;
    }

    private double? One(MetricsFunctionKind kind, int count, List<OracleNumber> numbers) =>
        kind switch
        {
            MetricsFunctionKind.Rate => count / (stepNs / 1e9),
            MetricsFunctionKind.CountOverTime => count,
            _ when numbers.Count == 0 => null,
            MetricsFunctionKind.MinOverTime => (double)numbers[0],
            MetricsFunctionKind.MaxOverTime => (double)numbers[^1],
            MetricsFunctionKind.AvgOverTime => (double)OracleNumber.Average(numbers),
            _ => (double)OracleNumber.Sum(numbers),
        };

    private static OracleNumber Bucket(OracleNumber value)
    {
        var bound = OracleNumber.Of(1m);
        while (bound < value)
            bound += bound;
        return bound;
    }

    private void Set(Dictionary<string, double?[]> result, string labels, int step, double value, bool zero)
    {
        if (!result.TryGetValue(labels, out var values))
            result[labels] = values = Enumerable.Repeat(zero ? (double?)0 : null, Steps).ToArray();
        values[step] = value;
    }

    private string Labels(MetricsFunction function, OracleSpan span) =>
        string.Join(",", function.By.Select(by => $"{by}={Label(_values.Value(by, span))}"));

    private static string Joined(string labels, string name, double value) =>
        (labels.Length == 0 ? "" : labels + ",") + name + "=" + Exactly(value);

    internal static string Label(object? value) =>
        value switch
        {
            null => "nil",
            decimal number => Exactly((double)number),
            Code { Of: "status" } code => "\"" + Literal.StatusNames[(int)code.Value],
            Code code => "\"" + Literal.KindNames[(int)code.Value],
            OracleNumber number => Exactly((double)number),
            bool flag => flag ? "true" : "false",
            List<object> list => "[" + string.Join(",", list.Select(Label)) + "]",
            _ => "\"" + value,
        };

    public static string Label(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => "nil",
            JsonValueKind.Number => Exactly(value.GetDouble()),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Label)) + "]",
            _ => "\"" + value.GetString(),
        };

    /// <summary>As JSON writes it: of equal values the first label counts.</summary>
    private static string Exactly(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Number(double value) => (value == 0 ? 0 : value).ToString("G9", CultureInfo.InvariantCulture);

    private Dictionary<string, double?[]> Stage(Dictionary<string, double?[]> series, MetricsStage stage)
    {
        var kept = series.ToDictionary(s => s.Key, s => new double?[Steps]);
        for (var step = 0; step < Steps; step++)
        {
            var present = series.Where(s => s.Value[step] is not null).ToList();
            var chosen = stage switch
            {
                RankStage { Largest: true } rank => present
                    .OrderByDescending(s => s.Value[step])
                    .ThenBy(s => s.Key, StringComparer.Ordinal)
                    .Take(rank.Count),
                RankStage rank => present.OrderBy(s => s.Value[step]).ThenBy(s => s.Key, StringComparer.Ordinal).Take(rank.Count),
                ThresholdStage threshold => present.Where(s => Holds(threshold.Operator, s.Value[step]!.Value.CompareTo(threshold.Value))),
                _ => [],
            };
            foreach (var (labels, values) in chosen)
                kept[labels][step] = values[step];
        }

        return kept.Where(s => s.Value.Any(v => v is not null)).ToDictionary();
    }

    private static bool Holds(FieldOperator op, int order) =>
        op switch
        {
            FieldOperator.Equal => order == 0,
            FieldOperator.NotEqual => order != 0,
            FieldOperator.Less => order < 0,
            FieldOperator.LessOrEqual => order <= 0,
            FieldOperator.Greater => order > 0,
            _ => order >= 0,
        };

    private static Dictionary<string, double?[]> Combine(
        FieldOperator op,
        Dictionary<string, double?[]> left,
        Dictionary<string, double?[]> right
    )
    {
        if (right.Count == 1 && right.TryGetValue("", out var lone))
            return left.ToDictionary(l => l.Key, l => l.Value.Zip(lone, (a, b) => Calculate(op, a, b)).ToArray());
        if (left.Count == 1 && left.TryGetValue("", out lone))
            return right.ToDictionary(r => r.Key, r => lone.Zip(r.Value, (a, b) => Calculate(op, a, b)).ToArray());
        return left.Where(l => right.ContainsKey(l.Key))
            .ToDictionary(l => l.Key, l => l.Value.Zip(right[l.Key], (a, b) => Calculate(op, a, b)).ToArray());
    }

    private static double? Calculate(FieldOperator op, double? a, double? b)
    {
        var value = op switch
        {
            FieldOperator.Add => a + b,
            FieldOperator.Subtract => a - b,
            FieldOperator.Multiply => a * b,
            _ => a / b,
        };
        return value is { } number && double.IsFinite(number) ? value : null;
    }

    public static string Written(Dictionary<string, double?[]> series) =>
        string.Join(
            "; ",
            series
                .OrderBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => $"{{{s.Key}}} {string.Join(' ', s.Value.Select(v => v is { } value ? Number(value) : "-"))}")
        );
}
