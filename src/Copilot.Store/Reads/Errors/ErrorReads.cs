using Copilot.Store.Commands;
using Copilot.Store.Reads.Logs;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Errors;

/// <summary>Exceptions and error messages, equal ones as one group.</summary>
public sealed class ErrorReads(CopilotDatabase database)
{
    private const int MostTraces = 5;

    /// <summary>The groups, most frequent first, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<ErrorOccurrences> Groups, long Total)> FindAsync(
        ErrorSelection wanted,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var sql = Sql.Deferred(parameters =>
            $"""
                with {OccurrenceSql.Of(wanted, parameters)},
                by_trace as (
                  select service_id, type, {MessagePatternSql.Of("message")} as pattern, trace_id, count(*) as n, min(time_ns) as first_ns,
                    max(time_ns) as last_ns, min(message) as message, max(stack) as stack
                  from occurrences group by 1, 2, 3, 4)
                select v.name, g.type, min(g.message), sum(g.n)::bigint, min(g.first_ns), max(g.last_ns),
                  coalesce((array_agg(g.trace_id order by g.last_ns desc)
                    filter (where g.trace_id is not null))[1:{MostTraces}], array[]::uuid[]),
                  max(g.stack), count(*) over ()
                from by_trace g join services v on v.id = g.service_id
                group by v.name, g.type, g.pattern order by 4 desc, 1, 2, 3 limit {parameters.Bigint(limit)}
                """
        );
        long total = 0;
        var groups = await database.QueryAsync(
            sql,
            reader =>
            {
                total = reader.GetInt64(8);
                return new ErrorOccurrences
                {
                    Service = reader.GetString(0),
                    Type = reader.Text(1),
                    Message = reader.Text(2),
                    Count = reader.GetInt64(3),
                    FirstSeen = UnixNanos.ToTime(reader.GetInt64(4)),
                    LastSeen = UnixNanos.ToTime(reader.GetInt64(5)),
                    Traces = [.. reader.GetFieldValue<Guid[]>(6).Select(TraceId.FromGuid)],
                    StackTrace = reader.Text(7),
                };
            },
            cancellationToken
        );
        return (groups, total);
    }
}
