using Copilot.Store.Commands;
using Copilot.Store.Traceql;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Filters;

/// <summary>A <see cref="SpanFilter"/> as conditions on <c>spans s</c>.</summary>
internal static class FilterClause
{
    /// <summary>How far before and after a window the other spans of its traces are looked for.</summary>
    internal const long SlackNs = UnixNanos.PerHour;

    /// <summary>Spans of others than the copilot itself: what is meant where no service is named.</summary>
    internal static Sql OthersThanOwn { get; } =
        Sql.Trusted($"s.service_id <> all(array(select id from services where name = '{OwnService.Name}'))");

    /// <summary>Services and time, which the index (service_id, start_ns) answers.</summary>
    public static Sql Where(SpanFilter filter, TimeWindow window)
    {
        var clauses = new List<Sql> { Sql.Of($"s.start_ns >= {window.FromNs} and s.start_ns < {window.ToNs}") };
        if (filter.Services.Count > 0)
            clauses.Add(Sql.Of($"s.service_id = any(array(select id from services where name = any({filter.Services.ToArray()})))"));
        else
            clauses.Add(OthersThanOwn);
        if (filter.ExceptServices.Count > 0)
            clauses.Add(Sql.Of($"s.service_id <> all(array(select id from services where name = any({filter.ExceptServices.ToArray()})))"));
        return Sql.Join(" and ", clauses);
    }

    /// <summary>Operations; "true" where none is named.</summary>
    public static Sql Operations(SpanFilter filter) =>
        filter.Operations.Count == 0
            ? Sql.Trusted("true")
            : Sql.Of($"s.operation_id = any(array(select id from operations where name = any({filter.Operations.ToArray()})))");

    /// <summary>Attributes; "true" where none is named.</summary>
    public static Sql Attributes(SpanFilter filter, TimeWindow window) =>
        filter.Conditions.Count == 0
            ? Sql.Trusted("true")
            : Sql.Join(" and ", filter.Conditions.Select(condition => Condition(condition, window)));

    public static Sql All(SpanFilter filter, TimeWindow window) =>
        Sql.Of($"{Where(filter, window)} and {Operations(filter)} and {Attributes(filter, window)}");

    /// <summary>Close enough to the window to be of one of its traces.</summary>
    public static Sql Near(TimeWindow window, string span)
    {
        var start = Sql.Trusted(span + ".start_ns");
        return Sql.Of($"{start} >= {window.FromNs - SlackNs} and {start} < {window.ToNs + SlackNs}");
    }

    private static Sql Condition(SpanCondition condition, TimeWindow window)
    {
        if (!condition.AnywhereInTrace)
            return Sql.Deferred(parameters => SpanFilterSql.Compile(condition.Expression, window, parameters));
        var anywhere = Sql.Deferred(parameters => SpanFilterSql.Compile(condition.Expression, window, parameters, "x"));
        return $"exists (select from spans x where x.trace_id = s.trace_id and {Near(window, "x")} and {anywhere})";
    }

    /// <summary>The mean duration of the span's operation <c>o</c> among the rows; a span that stands for others weighs as much as
    /// they.</summary>
    public static Sql MeanOfOperation { get; } =
        Sql.Trusted(
            "sum(s.duration_ns * coalesce(s.weight, 1)::float8) over (partition by s.service_id, o.name) / "
                + "sum(coalesce(s.weight, 1)::float8) over (partition by s.service_id, o.name)"
        );
}
