using System.Text.Json;
using Copilot.Store.Traceql.Plans;
using Copilot.TraceQL.Syntax;
using Npgsql;

namespace Copilot.Store.Traceql.Series;

/// <summary>Rows of a metrics function put together to series.</summary>
internal sealed class SeriesRows(MetricsFunction function, SeriesRequest request)
{
    internal static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    private readonly Dictionary<string, MetricSeries> _series = [];

    public bool Estimated { get; private set; }

    private double Scale => function.Scale;

    private bool CountsNothingAsZero => function.Kind is MetricsFunctionKind.Rate or MetricsFunctionKind.CountOverTime;

    public async Task<IReadOnlyList<MetricSeries>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            var step = reader.GetInt64(0);
            var labels = function.By.Select((by, i) => KeyValuePair.Create(by.ToString(), Json(reader, 1 + i))).ToList();
            var first = 1 + labels.Count;
            Estimated |= reader.GetBoolean(reader.FieldCount - 1);
            switch (function.Kind)
            {
                case MetricsFunctionKind.QuantileOverTime:
                    for (var i = 0; i < function.Quantiles.Count; i++)
                        Set([.. labels, Number("p", function.Quantiles[i])], step, Value(reader, first + i) * Scale);
                    break;
                case MetricsFunctionKind.HistogramOverTime:
                    var bound = (double)SeriesSql.Bounds[Math.Min(reader.GetInt32(first), SeriesSql.Bounds.Length - 1)];
                    Set([.. labels, Number("__bucket", bound * Scale)], step, Value(reader, first + 1));
                    break;
                default:
                    Set(labels, step, Of(reader, first));
                    break;
            }
        }

        if (_series.Count == 0 && CountsNothingAsZero && function.By.Count == 0)
            Series([]);
        return _series.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value).ToList();
    }

    /// <summary>Columns: count, count of measured, sum, least, largest.</summary>
    private double? Of(NpgsqlDataReader reader, int first) =>
        function.Kind switch
        {
            MetricsFunctionKind.Rate => Value(reader, first) / (request.StepNs / 1e9),
            MetricsFunctionKind.CountOverTime => Value(reader, first),
            MetricsFunctionKind.MinOverTime => Value(reader, first + 3) * Scale,
            MetricsFunctionKind.MaxOverTime => Value(reader, first + 4) * Scale,
            MetricsFunctionKind.AvgOverTime => Finite(Value(reader, first + 2) / Value(reader, first + 1) / SeriesSql.SumScale * Scale),
            _ => Finite(Value(reader, first + 2) / SeriesSql.SumScale * Scale),
        };

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private void Set(List<KeyValuePair<string, JsonElement>> labels, long step, double? value)
    {
        if (value is not null && step >= 0 && step < request.Steps)
            ((double?[])Series(labels).Values)[step] = value;
    }

    private MetricSeries Series(List<KeyValuePair<string, JsonElement>> labels)
    {
        var series = new MetricSeries(labels, []);
        if (_series.TryGetValue(series.Key, out var known))
            return known;
        var values = new double?[request.Steps];
        if (CountsNothingAsZero)
            Array.Fill(values, 0);
        return _series[series.Key] = series with { Values = values };
    }

    private static KeyValuePair<string, JsonElement> Number(string name, double value) =>
        KeyValuePair.Create(name, JsonSerializer.SerializeToElement(value));

    private static JsonElement Json(NpgsqlDataReader reader, int at) =>
        reader.IsDBNull(at) ? Null : JsonSerializer.Deserialize<JsonElement>(reader.GetString(at));

    private static double? Value(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetDouble(at);
}
