using Copilot.Store.Commands;
using Copilot.Store.Reads.Logs;
using Copilot.Store.Traceql.Conditions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Errors;

/// <summary>
/// Where errors are told: exceptions that spans recorded, error logs, and the status messages of failed spans that recorded none. An error
/// that a service tells again in the same trace, in a log or on the span of the call that failed, counts once, as what tells most of it.
/// </summary>
internal static class OccurrenceSql
{
    /// <summary>Characters from which on a message is told by nothing else in a text.</summary>
    private const int ShortestMessage = 8;

    /// <summary>How long before a window the spans begin that record something in it.</summary>
    private static readonly TimeSpan LongestSpan = TimeSpan.FromMinutes(30);

    /// <summary>Common table expressions, the last of which is <c>occurrences</c>: service_id, trace_id, time_ns, type, message,
    /// stack.</summary>
    public static string Of(ErrorSelection wanted, SqlParameters parameters) =>
        $"""
            recorded as materialized ({Recorded(wanted, parameters)}),
            logged as materialized ({Logged(wanted, parameters)}),
            told as materialized ({Told(wanted, parameters)}),
            occurrences as (
              select service_id, trace_id, time_ns, type, message, stack from recorded
              union all
              select service_id, trace_id, time_ns, type, coalesce(message, body), stack from logged l where not exists (
                select from recorded e where e.trace_id = l.trace_id and e.service_id = l.service_id and (
                  e.message = l.message or e.message = l.body or {Retold("l.body", "e.message")}
                  or (e.span_id = l.span_id and e.type = l.type and (e.message is null or l.message is null))))
              union all
              select service_id, trace_id, time_ns, null, message, null from told t where not exists (
                select from logged l where l.trace_id = t.trace_id and l.service_id = t.service_id
                  and (l.message = t.message or {Retold("l.body", "t.message")}))
              and not exists (
                select from recorded e where e.trace_id = t.trace_id and e.service_id = t.service_id
                  and (e.message = t.message or {Retold("t.message", "e.message")})))
            """;

    // "Store.find failed: lock timeout" tells "ERROR: lock timeout" again: what stands before the colon is who says it.
    private static string Retold(string text, string message) =>
        $"(length({Said(message)}) >= {ShortestMessage} and strpos({text}, {Said(message)}) > 0)";

    private static string Said(string message) => $@"regexp_replace({message}, '^[[:alnum:]_.]+: *', '')";

    private static string Recorded(ErrorSelection wanted, SqlParameters parameters)
    {
        const string time = "s.start_ns + coalesce((ev.v ->> 't')::numeric, 0)::bigint";
        var fields = new OccurrenceFields(
            "(ev.v -> 'a' ->> 'exception.type')",
            "(ev.v -> 'a' ->> 'exception.message')",
            "(ev.v -> 'a' ->> 'exception.stacktrace')",
            OfSpans(wanted, parameters)
        );
        return $"select s.service_id, s.trace_id, s.span_id, {time} as time_ns, {Columns(fields)}"
            + " from spans s cross join lateral jsonb_array_elements(s.events) ev(v)"
            + $" where s.start_ns >= {parameters.Bigint(wanted.Window.FromNs - (LongestSpan.Ticks * 100))}"
            + $" and s.start_ns < {parameters.Bigint(wanted.Window.ToNs)} and s.events is not null and ev.v ->> 'n' = 'exception'"
            + $" and {time} >= {parameters.Bigint(wanted.Window.FromNs)} and {time} < {parameters.Bigint(wanted.Window.ToNs)}"
            + (wanted.Failed is { } failed ? $" and s.status {(failed ? "=" : "<>")} 2" : "")
            + Conditions("s", wanted, fields, parameters);
    }

    private static string Logged(ErrorSelection wanted, SqlParameters parameters)
    {
        const string message = "(l.attributes ->> 'exception.message')";
        var fields = new OccurrenceFields(
            "(l.attributes ->> 'exception.type')",
            message,
            "(l.attributes ->> 'exception.stacktrace')",
            new LogFields(parameters)
        );
        return $"select l.service_id, l.trace_id, l.span_id, l.time_ns, {Columns(fields)}, coalesce(l.body, '') as body from logs l"
            + $" where l.time_ns >= {parameters.Bigint(wanted.Window.FromNs)} and l.time_ns < {parameters.Bigint(wanted.Window.ToNs)}"
            + (wanted.Failed == false ? " and false" : $" and l.severity >= {SeverityNumber.Error}")
            + Conditions("l", wanted, fields with { Message = $"coalesce({message}, l.body)" }, parameters);
    }

    private static string Told(ErrorSelection wanted, SqlParameters parameters)
    {
        var fields = new OccurrenceFields("null::text", "s.status_message", "null::text", OfSpans(wanted, parameters));
        return "select s.service_id, s.trace_id, s.span_id, s.start_ns as time_ns, s.status_message as message from spans s"
            + $" where s.start_ns >= {parameters.Bigint(wanted.Window.FromNs)} and s.start_ns < {parameters.Bigint(wanted.Window.ToNs)}"
            + " and s.status = 2 and s.status_message <> '' and (s.events is null or not s.events @> '[{\"n\": \"exception\"}]')"
            + (wanted.Failed == false ? " and false" : "")
            + Conditions("s", wanted, fields, parameters);
    }

    private static string Conditions(string alias, ErrorSelection wanted, OccurrenceFields fields, SqlParameters parameters)
    {
        var conditions = new RowConditionSql(parameters, fields, alias)
        {
            // What is asked of a span may stand on the request that the error belongs to.
            Beyond = (comparison, ofRow) =>
                comparison
                    is { Left: AttributeReference { Scope: AttributeScope.Span } spans, Right: Literal { Kind: not LiteralKind.Nil } }
                && !spans.Name.StartsWith("exception.", StringComparison.Ordinal)
                    ? $"({ofRow} or {LogRows.WithSpan(alias, comparison, wanted.Window, parameters)})"
                    : null,
        };
        var all = new List<string> { LogRows.OfServices(alias, wanted.Services, parameters) };
        if (wanted.Where is not null)
            all.Add(conditions.Of(wanted.Where));
        all.AddRange(wanted.InTrace.Select(condition => LogRows.WithSpan(alias, condition, wanted.Window, parameters)));
        return string.Concat(all.Select(condition => $" and {condition}"));
    }

    private static ReferenceSql OfSpans(ErrorSelection wanted, SqlParameters parameters) =>
        new(parameters, new TraceRows(wanted.Window, parameters));

    private static string Columns(OccurrenceFields fields) =>
        $"nullif({fields.Type}, '') as type, {fields.Message} as message, nullif({fields.StackTrace}, '') as stack";
}
