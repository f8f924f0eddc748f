using System.Runtime.CompilerServices;
using System.Text.Json;
using Copilot.Store.Commands;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Store.Reads.Traces;

/// <summary>A log record with all that came with it.</summary>
public sealed record ExportedLog
{
    public required long TimeNs { get; init; }

    public required int Severity { get; init; }

    public required string? SeverityText { get; init; }

    public required string? EventName { get; init; }

    public required string? Body { get; init; }

    /// <summary>The body is JSON, since it was no text.</summary>
    public required bool BodyIsJson { get; init; }

    public required JsonElement Attributes { get; init; }

    public required TraceId? TraceId { get; init; }

    public required SpanId? SpanId { get; init; }

    public required int ResourceId { get; init; }

    public required JsonElement Resource { get; init; }

    public required string Scope { get; init; }
}

/// <summary>Everything that is stored of a window, row after row as it lies there, however much it is.</summary>
public sealed class TelemetryExport(CopilotDatabase database)
{
    /// <param name="service">Null: of all services.</param>
    public async IAsyncEnumerable<(TraceId Trace, SpanDetail Span)> SpansAsync(
        TimeWindow window,
        string? service,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Sql sql = $"""
            {TraceDetailReads.Whole()}
            where s.start_ns >= {window.FromNs} and s.start_ns < {window.ToNs} and ({service}::text is null or v.name = {service})
            """;
        await foreach (var reader in RowsAsync(sql, cancellationToken))
            yield return (TraceId.FromGuid(reader.GetGuid(19)), TraceDetailReads.Span(reader));
    }

    /// <inheritdoc cref="SpansAsync"/>
    public async IAsyncEnumerable<ExportedLog> LogsAsync(
        TimeWindow window,
        string? service,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Sql sql = $"""
            select l.time_ns, l.severity, l.severity_text, l.event_name, l.body, l.body_is_json, l.attributes::text, l.trace_id, l.span_id,
              l.resource_id, r.attributes::text, coalesce(sc.name, '')
            from logs l
            join services v on v.id = l.service_id
            join resources r on r.id = l.resource_id
            left join scopes sc on sc.id = l.scope_id
            where l.time_ns >= {window.FromNs} and l.time_ns < {window.ToNs} and ({service}::text is null or v.name = {service})
            """;
        await foreach (var reader in RowsAsync(sql, cancellationToken))
            yield return new ExportedLog
            {
                TimeNs = reader.GetInt64(0),
                Severity = reader.GetInt16(1),
                SeverityText = reader.Text(2),
                EventName = reader.Text(3),
                Body = reader.Text(4),
                BodyIsJson = reader.GetBoolean(5),
                Attributes = Json(reader.Text(6)),
                TraceId = reader.Nullable<Guid>(7) is { } trace ? TraceId.FromGuid(trace) : null,
                SpanId = reader.Nullable<long>(8) is { } span ? SpanId.FromInt64(span) : null,
                ResourceId = reader.GetInt32(9),
                Resource = Json(reader.Text(10)),
                Scope = reader.GetString(11),
            };
    }

    private async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(Sql sql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand();
        // As long as whoever takes it goes on taking.
        command.CommandTimeout = 0;
        command.CommandText = sql.Render(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return reader;
    }

    private static JsonElement Json(string? text)
    {
        using var document = JsonDocument.Parse(text ?? "{}");
        return document.RootElement.Clone();
    }
}
