using System.Text.Json;
using Copilot.Store.Commands;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Store.Reads.Traces;

/// <summary>Searches and counts log records.</summary>
public sealed class LogReads(CopilotDatabase database)
{
    /// <summary>The newest that match, with how many there are in all.</summary>
    public async Task<LogPage> SearchAsync(LogFilter filter, int limit, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select m.total, m.time_ns, v.name, m.severity, m.severity_text, m.body, m.trace_id, m.span_id
            from (select l.*, count(*) over () as total from logs l where {Where(filter)} order by l.time_ns desc limit {limit}) m
            join services v on v.id = m.service_id order by m.time_ns desc
            """;
        long total = 0;
        var lines = await database.QueryAsync(
            sql,
            reader =>
            {
                total = reader.GetInt64(0);
                return LogLine.Of(reader, first: 1);
            },
            cancellationToken
        );
        return new LogPage(lines, total);
    }

    /// <summary>How many match, by the service that wrote them, most first.</summary>
    public async Task<IReadOnlyList<(string Service, long Count)>> CountByServiceAsync(
        LogFilter filter,
        CancellationToken cancellationToken
    )
    {
        Sql sql = $"""
            select v.name, count(*) from logs l join services v on v.id = l.service_id where {Where(filter)} group by 1 order by 2 desc, 1
            """;
        return await database.QueryAsync(sql, reader => (reader.GetString(0), reader.GetInt64(1)), cancellationToken);
    }

    private static Sql Where(LogFilter filter)
    {
        var clauses = new List<Sql> { Sql.Of($"l.time_ns >= {filter.Window.FromNs} and l.time_ns < {filter.Window.ToNs}") };
        if (filter.Services.Count > 0)
            clauses.Add(Sql.Of($"l.service_id = any(array(select id from services where name = any({filter.Services.ToArray()})))"));
        if (filter.MinSeverity is { } least)
            clauses.Add(Sql.Of($"l.severity >= {(short)least}"));
        if (filter.BelowSeverity is { } below)
            clauses.Add(Sql.Of($"l.severity < {(short)below}"));
        if (filter.TraceId is { } trace)
            clauses.Add(Sql.Of($"l.trace_id = {trace.ToGuid()}"));
        if (filter.Text is { } text)
            clauses.Add(LogText.Contains(text));
        return Sql.Join(" and ", clauses);
    }
}

/// <summary>Which log records are wanted; everything set must hold.</summary>
public sealed record LogFilter
{
    public required TimeWindow Window { get; init; }

    /// <summary>Empty: of all services.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The body or an attribute's value contains it, whatever its case.</summary>
    public string? Text { get; init; }

    /// <summary>The least severityNumber; an error log has 17 or more.</summary>
    public int? MinSeverity { get; init; }

    /// <summary>An exclusive upper bound of the severityNumber.</summary>
    public int? BelowSeverity { get; init; }

    public TraceId? TraceId { get; init; }
}

/// <summary>One log record.</summary>
public sealed record LogLine(
    DateTimeOffset Time,
    string Service,
    int Severity,
    string? SeverityText,
    string Body,
    TraceId? TraceId,
    SpanId? SpanId
)
{
    /// <summary>The record's own, as a JSON object; null where it has none or they were not read.</summary>
    public JsonElement? Attributes { get; init; }

    /// <summary>From a row's time_ns, the service's name, severity, severity_text, body, trace_id and span_id.</summary>
    /// <param name="first">The column of the first of them; the others follow.</param>
    internal static LogLine Of(NpgsqlDataReader reader, int first) =>
        new(
            UnixNanos.ToTime(reader.GetInt64(first)),
            reader.GetString(first + 1),
            reader.GetInt16(first + 2),
            reader.Text(first + 3),
            reader.Text(first + 4) ?? string.Empty,
            reader.Nullable<Guid>(first + 5) is { } trace ? Telemetry.Spans.TraceId.FromGuid(trace) : null,
            reader.Nullable<long>(first + 6) is { } span ? Telemetry.Spans.SpanId.FromInt64(span) : null
        );
}

/// <param name="Total">How many records match in all.</param>
public sealed record LogPage(IReadOnlyList<LogLine> Lines, long Total);

/// <summary>What "a log record says" means: its body or the value of one of its attributes (an exception's type or message) contains the
/// text.</summary>
internal static class LogText
{
    /// <summary>A condition on <c>logs l</c>.</summary>
    public static Sql Contains(string text) =>
        Sql.Of(
            $"""
            (strpos(lower(l.body), lower({text})) > 0
              or exists (select from jsonb_each_text(l.attributes) a where strpos(lower(a.value), lower({text})) > 0))
            """
        );
}
