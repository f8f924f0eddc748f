using Copilot.Store.Traceql.Conditions;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Errors;

/// <summary>What an error is, wherever it was found; every other field is the span's or the log record's own.</summary>
/// <param name="Type">SQL of the exception's type, message and stack trace.</param>
/// <param name="Others">The span's or the log record's.</param>
internal sealed record OccurrenceFields(string Type, string Message, string StackTrace, IFieldSql Others) : IFieldSql
{
    public SqlValue Of(AttributeReference attribute, RowAliases rows) =>
        attribute.Name switch
        {
            "exception.type" => new SqlValue(SqlType.Text, Type),
            "exception.message" => new SqlValue(SqlType.Text, Message),
            "exception.stacktrace" => new SqlValue(SqlType.Text, StackTrace),
            "body" when attribute.Scope == AttributeScope.Any => new SqlValue(SqlType.Text, $"coalesce({Message}, '')"),
            _ => Others.Of(attribute, rows),
        };

    public SqlValue Of(IntrinsicReference reference, RowAliases rows) =>
        reference.Intrinsic == Intrinsic.StatusMessage
            ? new SqlValue(SqlType.Text, $"coalesce({Message}, '')")
            : Others.Of(reference, rows);
}
