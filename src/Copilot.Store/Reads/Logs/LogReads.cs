using Copilot.Store.Reads.Commands;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;

namespace Copilot.Store.Reads.Logs;

/// <summary>Searches and counts log records.</summary>
public sealed class LogReads(CopilotDatabase database)
{
    /// <summary>The newest that match, with how many there are in all.</summary>
    public async Task<LogPage> SearchAsync(LogFilter filter, int limit, CancellationToken cancellation)
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
                return new LogLine(
                    UnixNanos.ToTime(reader.GetInt64(1)), reader.GetString(2), reader.GetInt16(3), reader.Text(4), reader.Text(5) ?? string.Empty,
                    reader.Nullable<Guid>(6) is { } trace ? TraceId.FromGuid(trace) : null,
                    reader.Nullable<long>(7) is { } span ? SpanId.FromInt64(span) : null);
            },
            cancellation);
        return new LogPage(lines, total);
    }

    /// <summary>How many match, by the service that wrote them, most first.</summary>
    public async Task<IReadOnlyList<(string Service, long Count)>> CountByServiceAsync(LogFilter filter, CancellationToken cancellation)
    {
        Sql sql = $"""
            select v.name, count(*) from logs l join services v on v.id = l.service_id where {Where(filter)} group by 1 order by 2 desc, 1
            """;
        return await database.QueryAsync(sql, reader => (reader.GetString(0), reader.GetInt64(1)), cancellation);
    }

    private static Sql Where(LogFilter filter)
    {
        var clauses = new List<Sql> { Sql.Of($"l.time_ns >= {filter.Window.FromNs} and l.time_ns < {filter.Window.ToNs}") };
        if (filter.Services.Count > 0)
            clauses.Add(Sql.Of($"l.service_id = any(array(select id from services where name = any({filter.Services.ToArray()})))"));
        if (filter.MinSeverity is { } least) clauses.Add(Sql.Of($"l.severity >= {(short)least}"));
        if (filter.BelowSeverity is { } below) clauses.Add(Sql.Of($"l.severity < {(short)below}"));
        if (filter.TraceId is { } trace) clauses.Add(Sql.Of($"l.trace_id = {trace.ToGuid()}"));
        if (filter.Text is { } text) clauses.Add(LogText.Contains(text));
        return Sql.Join(" and ", clauses);
    }
}
