using Copilot.Store.Commands;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Conditions;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Logs;

/// <summary>Which log records are meant; everything given must hold.</summary>
public sealed record LogRows
{
    /// <summary>The time of the record, [from, to).</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>Empty: of all services but the copilot's own.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Over the record's fields: <c>.severity &gt;= 17 &amp;&amp; .body =~ ".*refused.*"</c>. A comparison of <c>span.x</c> also
    /// holds where some span of the record's trace makes it hold.</summary>
    public FieldExpression? Where { get; init; }

    /// <summary>Each is met by some span of the record's trace.</summary>
    public IReadOnlyList<FieldExpression> InTrace { get; init; } = [];

    /// <summary>A condition on <c>logs l</c>.</summary>
    internal string Compile(SqlParameters parameters)
    {
        var clauses = new List<string>
        {
            $"l.time_ns >= {parameters.Bigint(Window.FromNs)} and l.time_ns < {parameters.Bigint(Window.ToNs)}",
            OfServices("l", Services, parameters),
        };
        if (Where is not null)
            clauses.Add(Conditions(parameters).Of(Where));
        clauses.AddRange(InTrace.Select(condition => WithSpan("l", condition, Window, parameters)));
        return string.Join(" and ", clauses);
    }

    internal RowConditionSql Conditions(SqlParameters parameters) =>
        new(parameters, new LogFields(parameters), "l")
        {
            Beyond = (comparison, ofRow) =>
                comparison
                    is { Left: AttributeReference { Scope: AttributeScope.Span } }
                        or { Right: AttributeReference { Scope: AttributeScope.Span } }
                && !IsMissing(comparison)
                    ? $"({ofRow} or {WithSpan("l", comparison, Window, parameters)})"
                    : null,
        };

    internal static string OfServices(string alias, IReadOnlyList<string> services, SqlParameters parameters) =>
        services.Count == 0
            ? $"{alias}.service_id <> all(array(select id from services where name = {parameters.Text(OwnService.Name)}))"
            : $"{alias}.service_id = any(array(select id from services where name in "
                + $"({string.Join(", ", services.Select(parameters.Text))})))";

    /// <summary>Rows with a <c>trace_id</c> of which some span meets a condition.</summary>
    internal static string WithSpan(string alias, FieldExpression condition, TimeWindow window, SqlParameters parameters)
    {
        var near = TraceRows.Widened(window, TraceRows.Margin);
        return $"({alias}.trace_id in (select x.trace_id from spans x where x.start_ns >= {parameters.Bigint(near.FromNs)}"
            + $" and x.start_ns < {parameters.Bigint(near.ToNs)} and {SpanFilterSql.Compile(condition, near, parameters, "x")}))";
    }

    // What no span has, no span of the trace may have: the row alone tells it.
    private static bool IsMissing(FieldBinary comparison) =>
        comparison.Operator == FieldOperator.Equal && comparison.Right is Literal { Kind: LiteralKind.Nil };
}
