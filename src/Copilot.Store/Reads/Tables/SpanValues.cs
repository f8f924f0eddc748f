using Copilot.Store.Commands;
using Copilot.Store.Traceql.Conditions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Tables;

/// <summary>Fields of spans as SQL values, for columns of a table.</summary>
internal static class SpanValues
{
    /// <summary>As text, whatever type it has; null where the span does not carry it.</summary>
    public static Sql Text(FieldExpression field, TimeWindow window, string alias) =>
        Compiled(field, window, alias, value => Written(field, value));

    /// <summary>As a number; null where it is missing or none. Durations are in nanoseconds.</summary>
    public static Sql Number(FieldExpression field, TimeWindow window, string alias) =>
        Compiled(field, window, alias, value => value.AsNumber());

    public static bool IsDuration(FieldExpression? field) =>
        field is null or IntrinsicReference { Intrinsic: Intrinsic.Duration or Intrinsic.TraceDuration or Intrinsic.EventTimeSinceStart };

    private static Sql Compiled(FieldExpression field, TimeWindow window, string alias, Func<SqlValue, string> write) =>
        Sql.Deferred(parameters => write(new ConditionSql(parameters, window).Values.Of(field, new RowAliases(alias))));

    private static string Written(FieldExpression field, SqlValue value) =>
        value.Type switch
        {
            SqlType.Json => $"({value.Sql} #>> '{{}}')",
            SqlType.Code => $"(array[{Names(field)}])[{value.Sql} + 1]",
            SqlType.Nil => "null::text",
            _ => $"({value.Sql})::text",
        };

    // The words of TraceQL itself.
    private static string Names(FieldExpression field) =>
        string.Join(
            ", ",
            (field is IntrinsicReference { Intrinsic: Intrinsic.Kind } ? Literal.KindNames : Literal.StatusNames).Select(name =>
                $"'{name}'"
            )
        );
}
