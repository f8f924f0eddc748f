using System.Text.Json;
using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Store.Reads.Traces;

/// <summary>Reads one trace whole: its spans with all attributes, its logs, the metrics around it and the changes before it.</summary>
public sealed class TraceDetailReads(CopilotDatabase database, ChangeReads changes)
{
    private readonly LinkReads _links = new(database);

    /// <summary>More spans than anybody looks at; a trace beyond it is cut, oldest first.</summary>
    public const int MostSpans = 20_000;

    private const int MostLogs = 2_000;
    private const int MostSeries = 200;
    private const long AroundNs = UnixNanos.PerMinute;
    private static readonly TimeSpan ChangesBefore = TimeSpan.FromMinutes(30);
    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;
    private static readonly JsonElement EmptyArray = JsonDocument.Parse("[]").RootElement;

    /// <summary>The trace, or null where nothing of it is kept.</summary>
    public async Task<TraceDetail?> ReadAsync(TraceId trace, CancellationToken cancellationToken)
    {
        var found = await TimesAsync(trace, cancellationToken);
        if (found.Spans is not { } starts)
            return null;
        var received = await SpansAsync(trace, starts, cancellationToken);
        if (received.Count == 0)
            return null;
        var spans = Parted(received);

        var extent = new TimeWindow(spans.Min(s => s.StartNs), spans.Max(s => s.EndNs) + 1);
        var services = spans.Select(s => s.Service).Distinct(StringComparer.Ordinal).ToArray();
        var logs = found.Logs is { } times ? LogsAsync(trace, times, cancellationToken) : Task.FromResult<IReadOnlyList<LogLine>>([]);
        var metrics = MetricsAsync(trace, [.. spans.Select(s => s.ResourceId).Distinct()], extent, cancellationToken);
        var before = changes.FindAsync(
            new ChangeFilter
            {
                From = extent.To - ChangesBefore,
                To = extent.To,
                Services = services,
            },
            cancellationToken
        );
        var linking = _links.ToAsync(trace, cancellationToken);
        await Task.WhenAll(logs, metrics, before, linking);
        return new TraceDetail(trace, extent, spans, Parted(await logs, received, spans), await metrics, await before)
        {
            LinkedFrom = await linking,
        };
    }

    /// <summary>With an id of its own for a server that shares its client's, as Zipkin's tracers send them.</summary>
    private static IReadOnlyList<SpanDetail> Parted(List<SpanDetail> spans)
    {
        var apart = SharedSpanIds.Part([
            .. spans.Select(span => new SharedSpan<string>(0, span.SpanId, span.ParentSpanId, span.Kind, span.Service)),
        ]);
        return apart is null ? spans : [.. spans.Zip(apart, (span, ids) => span with { SpanId = ids.Id, ParentSpanId = ids.Parent })];
    }

    /// <summary>What the server wrote belongs to the server's span.</summary>
    private static IReadOnlyList<LogLine> Parted(IReadOnlyList<LogLine> logs, List<SpanDetail> received, IReadOnlyList<SpanDetail> spans)
    {
        var moved = received
            .Zip(spans)
            .Where(pair => pair.First.SpanId != pair.Second.SpanId)
            .Select(pair => (pair.First.SpanId, pair.First.Service))
            .ToHashSet();
        return moved.Count == 0
            ? logs
            :
            [
                .. logs.Select(log =>
                    log.SpanId is { } id && moved.Contains((id, log.Service)) ? log with { SpanId = SharedSpanIds.OfServer(id) } : log
                ),
            ];
    }

    /// <summary>When its spans start and its logs were written, whichever partitions they are in.</summary>
    private async Task<(TimeWindow? Spans, TimeWindow? Logs)> TimesAsync(TraceId trace, CancellationToken cancellationToken)
    {
        Sql sql = $"select first_ns, last_ns, first_log_ns, last_log_ns from trace_extent({trace.ToGuid()})";
        return (await database.QueryAsync(sql, reader => (Window(reader, 0), Window(reader, 2)), cancellationToken))[0];
    }

    private static TimeWindow? Window(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new TimeWindow(reader.GetInt64(column), reader.GetInt64(column + 1) + 1);

    private async Task<List<SpanDetail>> SpansAsync(TraceId trace, TimeWindow starts, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            {Whole()}
            where s.trace_id = {trace.ToGuid()} and s.start_ns >= {starts.FromNs} and s.start_ns < {starts.ToNs}
            order by s.start_ns, s.span_id limit {MostSpans}
            """;
        return await database.QueryAsync(sql, Span, cancellationToken);
    }

    /// <summary>Spans with all that came with them, as <see cref="Span"/> reads a row; the trace's id is the last column.</summary>
    internal static Sql Whole()
    {
        var failed = Sql.Trusted(FailedSpans.Condition("s"));
        var promoted = Sql.Trusted(string.Join(", ", AttributeColumns.Promoted.Select(p => $"'{p.Key}', s.{p.Value}")));
        return Sql.Of(
            $"""
            select s.span_id, s.parent_span_id, v.name, o.name, s.kind, s.status, s.status_message, s.start_ns, s.duration_ns,
              {failed}, s.trace_state, sc.name,
              (coalesce(s.attributes, '{EmptyJson}') || jsonb_strip_nulls(jsonb_build_object({promoted})))::text,
              r.attributes::text, s.events::text, s.links::text, s.resource_id, sc.version, sc.attributes::text, s.trace_id
            from spans s
            join services v on v.id = s.service_id
            join operations o on o.id = s.operation_id
            join resources r on r.id = s.resource_id
            left join scopes sc on sc.id = s.scope_id
            """
        );
    }

    /// <summary>An empty jsonb object; braces cannot stand in an interpolated text.</summary>
    private static Sql EmptyJson => Sql.Trusted("{}");

    internal static SpanDetail Span(NpgsqlDataReader reader) =>
        new(TraceSpan.Of(reader))
        {
            TraceState = reader.Text(10),
            Scope = reader.Text(11) ?? string.Empty,
            Attributes = Json(reader.Text(12), EmptyObject),
            Resource = Json(reader.Text(13), EmptyObject),
            Events = Json(reader.Text(14), EmptyArray),
            Links = Json(reader.Text(15), EmptyArray),
            ResourceId = reader.GetInt32(16),
            ScopeVersion = reader.Text(17) ?? string.Empty,
            ScopeAttributes = Json(reader.Text(18), EmptyObject),
        };

    private async Task<IReadOnlyList<LogLine>> LogsAsync(TraceId trace, TimeWindow times, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select l.time_ns, v.name, l.severity, l.severity_text, l.body, l.trace_id, l.span_id, l.attributes::text
            from logs l join services v on v.id = l.service_id
            where l.trace_id = {trace.ToGuid()} and l.time_ns >= {times.FromNs} and l.time_ns < {times.ToNs}
              order by l.time_ns limit {MostLogs}
            """;
        return await database.QueryAsync(
            sql,
            reader => LogLine.Of(reader, first: 0) with { Attributes = Json(reader.Text(7), EmptyObject) },
            cancellationToken
        );
    }

    private async Task<IReadOnlyList<MetricReading>> MetricsAsync(
        TraceId trace,
        int[] resources,
        TimeWindow extent,
        CancellationToken cancellationToken
    )
    {
        Sql sql = $"""
            select v.name, coalesce(r.attributes ->> 'k8s.pod.name', r.attributes ->> 'host.name', r.service_instance_id), m.name, m.unit,
              m.attributes::text, p.times, p.readings, p.exemplar
            from metric_series m
            join resources r on r.id = m.resource_id
            join services v on v.id = m.service_id
            join lateral (
              select array_agg(q.time_ns order by q.time_ns) as times,
                array_agg(coalesce(q.value, q.sum / nullif(q.count, 0)) order by q.time_ns) as readings,
                bool_or(strpos(q.exemplars::text, {trace.ToString()}) > 0) as exemplar
              from metric_points q
              where q.series_id = m.id and q.time_ns >= {extent.FromNs - AroundNs} and q.time_ns < {extent.ToNs + AroundNs}
                and q.flags & 1 = 0 and coalesce(q.value, q.sum / nullif(q.count, 0)) is not null) p on p.times is not null
            where m.resource_id = any({resources})
            order by coalesce(p.exemplar, false) desc, v.name, m.name, m.id limit {MostSeries}
            """;
        return await database.QueryAsync(
            sql,
            reader => new MetricReading(
                reader.GetString(0),
                reader.Text(1),
                reader.GetString(2),
                reader.GetString(3),
                Json(reader.Text(4), EmptyObject),
                [
                    .. reader
                        .GetFieldValue<long[]>(5)
                        .Zip(reader.GetFieldValue<double[]>(6), (time, value) => new MetricReadingPoint(UnixNanos.ToTime(time), value)),
                ],
                reader.Nullable<bool>(7) ?? false
            ),
            cancellationToken
        );
    }

    private static JsonElement Json(string? text, JsonElement none)
    {
        if (text is null)
            return none;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
