using Copilot.Store.Commands;
using Copilot.Store.Traceql.Plans;
using Copilot.TraceQL.Syntax;
using Npgsql;

namespace Copilot.Store.Traceql.Series;

/// <summary>Works out a metrics expression: each function in Postgres, what stands between them here.</summary>
internal sealed class MetricSeriesReader(
    SeriesRequest request,
    bool exemplars,
    Func<NpgsqlCommand, CancellationToken, Task<NpgsqlDataReader>> execute
)
{
    private bool _exact = true;
    private bool _fromRollups = true;

    public async Task<MetricSeriesResult> ReadAsync(MetricsExpression metrics, CancellationToken cancellationToken)
    {
        var series = await SeriesAsync(metrics, cancellationToken);
        return new MetricSeriesResult(series, _exact, _fromRollups);
    }

    private async Task<IReadOnlyList<MetricSeries>> SeriesAsync(MetricsExpression metrics, CancellationToken cancellationToken)
    {
        switch (metrics)
        {
            case MetricsQuery { Function.Kind: MetricsFunctionKind.Compare } compare:
                return await CompareAsync(compare, cancellationToken);
            case MetricsQuery query:
                return await FunctionAsync(query, cancellationToken);
            case StagedMetrics staged:
                return staged.Stages.Aggregate(await SeriesAsync(staged.Source, cancellationToken), SeriesStages.Apply);
            case MetricsArithmetic { Left: MetricsConstant constant } arithmetic:
                return SeriesStages.WithConstant(
                    await SeriesAsync(arithmetic.Right, cancellationToken),
                    arithmetic.Operator,
                    constant.Value,
                    constantFirst: true
                );
            case MetricsArithmetic { Right: MetricsConstant constant } arithmetic:
                return SeriesStages.WithConstant(
                    await SeriesAsync(arithmetic.Left, cancellationToken),
                    arithmetic.Operator,
                    constant.Value,
                    constantFirst: false
                );
            case MetricsArithmetic arithmetic:
                var left = await SeriesAsync(arithmetic.Left, cancellationToken);
                var right = await SeriesAsync(arithmetic.Right, cancellationToken);
                return SeriesStages.Combine(arithmetic.Operator, left, right);
            default:
                throw new UnsupportedExpressionException("a number alone gives no series", metrics.At);
        }
    }

    private async Task<IReadOnlyList<MetricSeries>> CompareAsync(MetricsQuery query, CancellationToken cancellationToken)
    {
        var reader = new CompareReader(request, execute);
        var series = await reader.ReadAsync(query, cancellationToken);
        (_exact, _fromRollups) = (_exact && !reader.Estimated, false);
        return series;
    }

    private async Task<IReadOnlyList<MetricSeries>> FunctionAsync(MetricsQuery query, CancellationToken cancellationToken)
    {
        var fromRollups = RollupSql.Answers(query, request);
        _fromRollups &= fromRollups;
        var rows = new SeriesRows(query.Function, request);
        await using var command = new SeriesSql(request).Build(query, fromRollups);
        IReadOnlyList<MetricSeries> series;
        await using (var reader = await execute(command, cancellationToken))
            series = await rows.ReadAsync(reader, cancellationToken);
        _exact &= !rows.Estimated;
        return exemplars ? await new ExemplarReader(request, execute).AttachAsync(query, series, cancellationToken) : series;
    }
}
