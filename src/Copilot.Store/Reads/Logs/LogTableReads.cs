using System.Globalization;
using System.Text.Json;
using Copilot.Store.Commands;
using Copilot.Store.Reads.Traces;
using Copilot.Store.Traceql.Conditions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Logs;

/// <summary>Log records by what their fields say: counted, measured, grouped, over time, listed.</summary>
public sealed class LogTableReads(CopilotDatabase database)
{
    /// <summary>More rows than this are of no use to anyone; those of fewest records are left out.</summary>
    private const int MostRows = 50_000;

    /// <summary>One row for each combination of groups and step that has records; without groups and steps one row, whatever there
    /// is.</summary>
    /// <param name="rows">Which records.</param>
    /// <param name="measures">What of them.</param>
    /// <param name="by">Empty: all in one.</param>
    /// <param name="step">Steps of time from the window's beginning on; null: none.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <returns>Most records first, by time where there are steps.</returns>
    public async Task<IReadOnlyList<LogTableRow>> MeasureAsync(
        LogRows rows,
        IReadOnlyList<LogMeasure> measures,
        IReadOnlyList<LogGroup> by,
        TimeSpan? step,
        CancellationToken cancellationToken
    )
    {
        var stepNs = (step?.Ticks ?? 0) * 100;
        var sql = Sql.Deferred(parameters => Table(rows, measures, by, stepNs, parameters));
        return await database.QueryAsync(
            sql,
            reader => new LogTableRow(
                [.. Enumerable.Range(0, by.Count).Select(reader.Text)],
                stepNs > 0 ? UnixNanos.ToTime(rows.Window.FromNs + reader.GetInt64(by.Count) * stepNs) : null,
                reader.GetInt64(by.Count + 1),
                [.. Enumerable.Range(by.Count + 2, measures.Count).Select(reader.Nullable<double>)]
            ),
            cancellationToken
        );
    }

    /// <summary>The records themselves, with how many there are in all.</summary>
    public async Task<LogPage> ListAsync(LogRows rows, bool oldestFirst, int limit, int offset, CancellationToken cancellationToken)
    {
        var order = oldestFirst ? "asc" : "desc";
        var sql = Sql.Deferred(parameters =>
            $"""
                with wanted as materialized (select l.* from logs l where {rows.Compile(parameters)}),
                page as (select * from wanted order by time_ns {order} limit {parameters.Bigint(limit)} offset {parameters.Bigint(offset)})
                select t.total, l.time_ns, v.name, l.severity, l.severity_text, l.body, l.trace_id, l.span_id, l.attributes
                from (select count(*) as total from wanted) t
                left join page l on true left join services v on v.id = l.service_id order by l.time_ns {order}
                """
        );
        long total = 0;
        var lines = await database.QueryAsync(
            sql,
            reader =>
            {
                total = reader.GetInt64(0);
                return reader.IsDBNull(1)
                    ? null
                    : LogLine.Of(reader, first: 1) with
                    {
                        Attributes = reader.Text(8) is { } json ? JsonDocument.Parse(json).RootElement : null,
                    };
            },
            cancellationToken
        );
        return new LogPage([.. lines.OfType<LogLine>()], total);
    }

    /// <summary>Whether any record of these services (of any, where none is named) is of the window.</summary>
    public async Task<bool> AnyAsync(IReadOnlyList<string> services, TimeWindow window, CancellationToken cancellationToken)
    {
        var rows = new LogRows { Window = window, Services = services };
        var sql = Sql.Deferred(parameters => $"select exists (select from logs l where {rows.Compile(parameters)})");
        return (await database.QueryAsync(sql, reader => reader.GetBoolean(0), cancellationToken))[0];
    }

    private static string Table(
        LogRows rows,
        IReadOnlyList<LogMeasure> measures,
        IReadOnlyList<LogGroup> by,
        long stepNs,
        SqlParameters parameters
    )
    {
        var conditions = rows.Conditions(parameters);
        var columns = by.Select(group => Group(group, conditions)).ToList();
        columns.Add(stepNs > 0 ? $"(l.time_ns - {parameters.Bigint(rows.Window.FromNs)}) / {parameters.Bigint(stepNs)}" : "null::bigint");
        columns.Add("count(*)");
        columns.AddRange(measures.Select(measure => $"({Measure(measure, conditions)})::float8"));
        var keys = Enumerable.Range(1, by.Count + (stepNs > 0 ? 1 : 0)).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList();
        var order =
            (stepNs > 0 ? $"{by.Count + 1}, " : "") + $"{by.Count + 2} desc" + string.Concat(keys.Take(by.Count).Select(k => ", " + k));
        var grouped = keys.Count == 0 ? "" : $" group by {string.Join(", ", keys)}";
        return $"select {string.Join(", ", columns)} from logs l where {rows.Compile(parameters)}{grouped} order by {order} "
            + $"limit {MostRows}";
    }

    private static string Group(LogGroup group, RowConditionSql conditions) =>
        group switch
        {
            { Kind: LogGroupKind.Service } => "(select v.name from services v where v.id = l.service_id)",
            { Kind: LogGroupKind.Operation } or { Field: null } => conditions.Text(Field.Of(Intrinsic.Name)),
            _ => LogFields.Own(group.Field) switch
            {
                LogFields.Severity => LogFields.SeverityName,
                LogFields.Body => MessagePatternSql.Of("coalesce(l.body, '')"),
                _ => conditions.Text(group.Field),
            },
        };

    private static string Measure(LogMeasure measure, RowConditionSql conditions)
    {
        if (measure.Kind is MeasureKind.Count or MeasureKind.Share)
        {
            var part = measure.Part is null ? "true" : conditions.Of(measure.Part);
            var count = $"count(*) filter (where {part})";
            return measure.Kind == MeasureKind.Count ? count : $"{count}::float8 / nullif(count(*), 0)";
        }

        var of = measure.Of ?? throw new InvalidOperationException($"{measure.Kind} of which field?");
        if (measure.Kind == MeasureKind.Distinct)
            return $"count(distinct {conditions.Text(of)})";
        var number = conditions.Number(of);
        return measure.Kind switch
        {
            MeasureKind.Mean => $"avg({number})",
            MeasureKind.Minimum => $"min({number})",
            MeasureKind.Maximum => $"max({number})",
            MeasureKind.Sum => $"sum({number})",
            MeasureKind.StandardDeviation => $"stddev_pop({number})",
            MeasureKind.Last => $"(array_agg({number} order by l.time_ns desc) filter (where {number} is not null))[1]",
            MeasureKind.Percentile => string.Create(
                CultureInfo.InvariantCulture,
                $"percentile_disc({Math.Clamp(measure.Percent ?? 50, 0, 100) / 100:0.######}) within group (order by {number})"
            ),
            _ => throw new InvalidOperationException($"Log records have no {measure.Kind}."),
        };
    }
}
