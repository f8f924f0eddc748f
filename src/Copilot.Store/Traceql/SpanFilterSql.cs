using Copilot.Store.Commands;
using Copilot.Store.Traceql.Conditions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql;

/// <summary>
/// A spanset filter as a condition of a <c>where</c> over <c>spans</c>. No text of the query becomes SQL: every value is a parameter.
/// The window itself is not part of it; bound <c>start_ns</c> beside it, so that Postgres reads only the partitions it must.
/// </summary>
public static class SpanFilterSql
{
    /// <param name="filter">A checked filter.</param>
    /// <param name="window">The window that is asked about; conditions on whole traces look an hour further.</param>
    /// <param name="parameters">Takes the values.</param>
    /// <param name="alias">The alias of <c>spans</c> in the statement.</param>
    /// <returns>A Boolean SQL expression; null counts as false.</returns>
    /// <exception cref="UnsupportedExpressionException">The filter asks for what the store does not keep.</exception>
    public static string Compile(SpansetFilter filter, TimeWindow window, SqlParameters parameters, string alias = "s")
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Compile(filter.Condition, window, parameters, alias);
    }

    /// <inheritdoc cref="Compile(SpansetFilter, TimeWindow, SqlParameters, string)"/>
    public static string Compile(FieldExpression condition, TimeWindow window, SqlParameters parameters, string alias = "s") =>
        new ConditionSql(parameters, window).Of(condition, new RowAliases(alias));
}
