using System.Globalization;
using System.Text.Json;
using Copilot.Store;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Testing;

/// <summary>Puts spans, logs and changes into a database row by row, for tests of what reads them; the ids are counted up.</summary>
public sealed class TelemetryRows(CopilotDatabase database, DateTimeOffset start)
{
    // One for the whole process: test classes share databases between their tests.
    private static ulong _ids;

    /// <summary>The time that every offset counts from.</summary>
    public DateTimeOffset Start => start;

    /// <summary>The window [start + from, start + to), in seconds.</summary>
    public TimeWindow Window(double fromSeconds, double toSeconds) => new(start.AddSeconds(fromSeconds), start.AddSeconds(toSeconds));

    /// <summary>A span at an offset in seconds; without a parent, a new trace's root.</summary>
    public async Task<SpanRow> SpanAsync(
        string service,
        string operation,
        double at,
        double ms,
        SpanRow? parent = null,
        SpanKind kind = SpanKind.Server,
        bool failed = false,
        IReadOnlyDictionary<string, object>? attributes = null,
        IReadOnlyDictionary<string, object>? resource = null,
        string? serverAddress = null,
        string? traceState = null,
        string? statusMessage = null,
        string? events = null
    )
    {
        var trace = parent?.TraceId ?? new TraceId(7, Interlocked.Increment(ref _ids));
        var span = new SpanId(Interlocked.Increment(ref _ids));
        var about = new Dictionary<string, object>(resource ?? new Dictionary<string, object>()) { ["service.name"] = service };
        const string sql = """
            with v as (insert into services (name) values ($1) on conflict (name) do update set name = $1 returning id),
            r as (insert into resources (hash, service_id, attributes) select md5($2)::uuid, v.id, $2::jsonb from v
              on conflict (hash) do update set hash = excluded.hash returning id),
            o as (insert into operations (service_id, kind, name, entry) select v.id, $3, $4, $11 from v
              on conflict (service_id, kind, md5(name)) do update set name = $4, entry = operations.entry or excluded.entry,
                noted = excluded.noted returning id),
            c as (insert into scopes (hash, name, version) values (md5('scope')::uuid, 'test', '') on conflict (hash) do update set name = 'test' returning id)
            insert into spans (trace_id, span_id, parent_span_id, start_ns, duration_ns, service_id, operation_id, resource_id, scope_id, kind,
              status, entry, attributes, server_address, trace_state, status_message, events)
            select $5, $6, $7::bigint, $8, $9, v.id, o.id, r.id, c.id, $3, $10, $11, $12::jsonb, $13::text, $14::text, $15::text, $16::jsonb from v, r, o, c
            """;
        await ExecuteAsync(
            sql,
            service,
            JsonSerializer.Serialize(about),
            (short)kind,
            operation,
            trace.ToGuid(),
            span.ToInt64(),
            parent?.SpanId.ToInt64(),
            Nanos(at),
            (long)(ms * UnixNanos.PerMillisecond),
            (short)(failed ? SpanStatus.Error : SpanStatus.Unset),
            kind is SpanKind.Server or SpanKind.Consumer || parent is null,
            attributes is null ? null : JsonSerializer.Serialize(attributes),
            serverAddress,
            traceState,
            statusMessage,
            events
        );
        // The intake counts every span in its minute, and notes the minutes that got spans until what follows it has been over them.
        var minute = Nanos(at) / UnixNanos.PerMinute * UnixNanos.PerMinute;
        var duration = new DurationHistogram();
        duration.Add((long)(ms * UnixNanos.PerMillisecond));
        await ExecuteAsync(
            """
            insert into span_rollup_deltas (minute_ns, service_id, operation_id, entry, root, status, count, extrapolated, sum_ns, min_ns, max_ns, histogram)
            select $1, s.service_id, s.operation_id, s.entry, s.parent_span_id is null, s.status, 1, 1, s.duration_ns, s.duration_ns, s.duration_ns, $2
            from spans s where s.trace_id = $3 and s.span_id = $4
            """,
            minute,
            duration.ToBytes(),
            trace.ToGuid(),
            span.ToInt64()
        );
        await ExecuteAsync("insert into pending_minutes (pass, minute_ns) values (1, $1)", minute);
        return new SpanRow(trace, span);
    }

    /// <summary>A log record at an offset in seconds, of a span where given; its service must have sent a span before.</summary>
    public Task LogAsync(
        string service,
        double at,
        string body,
        int severity = 9,
        SpanRow? span = null,
        IReadOnlyDictionary<string, object>? attributes = null,
        string? severityText = null
    ) =>
        ExecuteAsync(
            """
            insert into logs (time_ns, trace_id, span_id, service_id, resource_id, scope_id, severity, body, attributes, severity_text)
            select $1, $2::uuid, $3::bigint, v.id, (select min(id) from resources r where r.service_id = v.id), (select min(id) from scopes), $4, $5,
              $7::jsonb, $8::text
            from services v where v.name = $6
            """,
            Nanos(at),
            span?.TraceId.ToGuid(),
            span?.SpanId.ToInt64(),
            (short)severity,
            body,
            service,
            attributes is null ? null : JsonSerializer.Serialize(attributes),
            severityText
        );

    /// <summary>A point of a metric at an offset in seconds, of a gauge unless it says otherwise.</summary>
    public async Task PointAsync(string service, string name, double at, double? value, MetricPointRow? about = null)
    {
        var row = about ?? new MetricPointRow();
        var resource = new Dictionary<string, object>(row.Resource ?? new Dictionary<string, object>()) { ["service.name"] = service };
        var attributes = row.Attributes is null ? null : JsonSerializer.Serialize(row.Attributes);
        await ExecuteAsync(
            """
            with v as (insert into services (name) values ($1) on conflict (name) do update set name = $1 returning id),
            r as (insert into resources (hash, service_id, attributes) select md5($2)::uuid, v.id, $2::jsonb from v
              on conflict (hash) do update set hash = excluded.hash returning id),
            m as (insert into metric_series (hash, resource_id, service_id, name, unit, kind, temporality, monotonic, attributes)
              select md5(concat_ws('|', $2, $3, $4, $5, $6, $7, $8::text))::uuid, r.id, v.id, $3, $4, $5, $6, $7, ($8::text)::jsonb from v, r
              on conflict (hash) do update set hash = excluded.hash returning id)
            insert into metric_points (series_id, time_ns, start_ns, flags, value, count, sum, min, max, buckets)
            select m.id, $9, $10, $11, $12::float8, $13::bigint, $14::float8, $15::float8, $16::float8, $17::jsonb from m
            """,
            service,
            JsonSerializer.Serialize(resource),
            name,
            row.Unit,
            row.Kind,
            (short)(
                row.Kind == "gauge" ? 0
                : row.Delta ? 1
                : 2
            ),
            row.Monotonic,
            attributes,
            Nanos(at),
            row.Since is { } since ? Nanos(since) : 0,
            row.NoValue ? 1 : 0,
            value,
            row.Count,
            row.Sum,
            row.Min,
            row.Max,
            row.Buckets
        );
    }

    public Task ChangeAsync(string service, double at, string kind, string? version = null, string summary = "") =>
        ExecuteAsync(
            "insert into changes (time, service, kind, version, summary) values ($1, $2, $3, $4::text, $5)",
            start.AddSeconds(at).ToUniversalTime(),
            service,
            kind,
            version,
            summary.Length > 0 ? summary : kind + at.ToString(CultureInfo.InvariantCulture)
        );

    private long Nanos(double seconds) => UnixNanos.From(start) + (long)(seconds * UnixNanos.PerSecond);

    private async Task ExecuteAsync(string sql, params object?[] values)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync();
    }
}
