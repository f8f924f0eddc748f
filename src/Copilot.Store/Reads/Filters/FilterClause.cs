using System.Globalization;
using Copilot.Store.Reads.Commands;
using Copilot.Telemetry.Time;

namespace Copilot.Store.Reads.Filters;

/// <summary>A <see cref="SpanFilter"/> as conditions on <c>spans s</c>.</summary>
internal static class FilterClause
{
    /// <summary>How far before and after a window the other spans of its traces are looked for.</summary>
    internal const long SlackNs = 60 * UnixNanos.PerMinute;

    /// <summary>Services and time, which the index (service_id, start_ns) answers.</summary>
    public static Sql Where(SpanFilter filter, TimeWindow window)
    {
        var clauses = new List<Sql> { Sql.Of($"s.start_ns >= {window.FromNs} and s.start_ns < {window.ToNs}") };
        if (filter.Services.Count > 0)
            clauses.Add(Sql.Of($"s.service_id = any(array(select id from services where name = any({filter.Services.ToArray()})))"));
        if (filter.ExceptServices.Count > 0)
            clauses.Add(Sql.Of($"s.service_id <> all(array(select id from services where name = any({filter.ExceptServices.ToArray()})))"));
        return Sql.Join(" and ", clauses);
    }

    /// <summary>Operations; "true" where none is named.</summary>
    public static Sql Operations(SpanFilter filter) => filter.Operations.Count == 0
        ? Sql.Trusted("true")
        : Sql.Of($"s.operation_id = any(array(select id from operations where name = any({filter.Operations.ToArray()})))");

    /// <summary>Attributes; "true" where none is named.</summary>
    public static Sql Attributes(SpanFilter filter, TimeWindow window) => filter.Conditions.Count == 0
        ? Sql.Trusted("true")
        : Sql.Join(" and ", filter.Conditions.Select(condition => condition.AnywhereInTrace ? Anywhere(condition, window) : Condition(condition, "s")));

    public static Sql All(SpanFilter filter, TimeWindow window) =>
        Sql.Of($"{Where(filter, window)} and {Operations(filter)} and {Attributes(filter, window)}");

    /// <summary>Close enough to the window to be of one of its traces.</summary>
    public static Sql Near(TimeWindow window, string span)
    {
        var start = Sql.Trusted(span + ".start_ns");
        return Sql.Of($"{start} >= {window.FromNs - SlackNs} and {start} < {window.ToNs + SlackNs}");
    }

    private static Sql Anywhere(AttributeCondition condition, TimeWindow window) =>
        Sql.Of($"exists (select from spans x where x.trace_id = s.trace_id and {Near(window, "x")} and {Condition(condition, "x")})");

    private static Sql Condition(AttributeCondition condition, string span)
    {
        var text = AttributeColumns.Text(condition.Scope, condition.Key, span);
        var values = condition.Values.ToArray();
        return condition.Operator switch
        {
            ConditionOperator.Equal => Sql.Of($"{text} = any({values})"),
            ConditionOperator.NotEqual => Sql.Of($"{text} <> all({values})"),
            ConditionOperator.Contains => Sql.Of($"{Holding(text, values)}"),
            ConditionOperator.NotContains => Sql.Of($"not {Holding(text, values)}"),
            ConditionOperator.Exists => Sql.Of($"{text} is not null"),
            ConditionOperator.Missing => Sql.Of($"{text} is null"),
            _ => Compared(condition, span),
        };
    }

    private static Sql Holding(Sql text, IEnumerable<string> values) =>
        Sql.Of($"({Sql.Join(" or ", values.Select(value => Sql.Of($"strpos(lower({text}), lower({value})) > 0")))})");

    private static Sql Compared(AttributeCondition condition, string span)
    {
        var sign = Sql.Trusted(condition.Operator switch
        {
            ConditionOperator.Greater => ">",
            ConditionOperator.GreaterOrEqual => ">=",
            ConditionOperator.Less => "<",
            _ => "<=",
        });
        var value = condition.Values.Count > 0
            ? condition.Values[0]
            : throw new ArgumentException($"The condition on '{condition.Key}' needs a value to compare with.", nameof(condition));
        return decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Sql.Of($"{AttributeColumns.Number(condition.Scope, condition.Key, span)} {sign} {number}")
            : Sql.Of($"{AttributeColumns.Text(condition.Scope, condition.Key, span)} {sign} {value}");
    }
}
