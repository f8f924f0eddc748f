using Copilot.Store.Commands;
using Copilot.Store.Traceql.Conditions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Logs;

/// <summary>
/// The fields of a log record, <c>logs l</c>: <c>.severity</c> (the number), <c>.body</c>, <c>.event</c> (its name), resource attributes,
/// and for any other name the record's own attribute, else its resource's. <c>span.x</c> is the record's attribute, else that of the span
/// that it was written in; <c>trace:id</c>, <c>span:id</c>, <c>name</c> and <c>instrumentation:name</c> are those of the record.
/// </summary>
internal sealed class LogFields(SqlParameters parameters) : IFieldSql
{
    public const string Severity = "severity";
    public const string SeverityText = "severity_text";
    public const string Body = "body";
    public const string Event = "event";

    /// <summary>As the sender calls it, else the standard's name of the number.</summary>
    public static string SeverityName { get; } =
        "coalesce(nullif(l.severity_text, ''), case "
        + $"{string.Join(' ', SeverityNumber.Names.Select(name => $"when l.severity >= {name.From} then '{name.Name}'"))} "
        + "end)";

    private const string OfSpan = "from spans s where s.trace_id = l.trace_id and s.span_id = l.span_id limit 1";

    /// <summary>A field that a log record has without attributes; null for an attribute.</summary>
    public static string? Own(FieldExpression field) =>
        field is AttributeReference { Scope: AttributeScope.Any, Name: Severity or SeverityText or Body or Event } own ? own.Name : null;

    public SqlValue Of(AttributeReference attribute, RowAliases rows)
    {
        switch (Own(attribute))
        {
            case Severity:
                return new SqlValue(SqlType.Number, "l.severity");
            case SeverityText:
                return new SqlValue(SqlType.Text, SeverityName);
            case Body:
                return new SqlValue(SqlType.Text, "coalesce(l.body, '')");
            case Event:
                return new SqlValue(SqlType.Text, "l.event_name");
        }

        var key = parameters.Text(attribute.Name);
        var own = $"(l.attributes -> {key})";
        return attribute.Scope switch
        {
            AttributeScope.Resource when attribute.Name == Levels.ServiceName => Service,
            AttributeScope.Resource => new SqlValue(SqlType.Json, OfResource(key)),
            AttributeScope.Instrumentation => new SqlValue(
                SqlType.Json,
                $"(select p.attributes -> {key} from scopes p where p.id = l.scope_id)"
            ),
            AttributeScope.Span => new SqlValue(SqlType.Json, $"coalesce({own}, (select {SpanAttribute(attribute.Name, key)} {OfSpan}))"),
            AttributeScope.Event or AttributeScope.Link => new SqlValue(SqlType.Json, own),
            _ when attribute.Name == Levels.ServiceName => Service,
            _ => new SqlValue(SqlType.Json, $"coalesce({own}, {OfResource(key)})"),
        };
    }

    public SqlValue Of(IntrinsicReference reference, RowAliases rows) =>
        reference.Intrinsic switch
        {
            Intrinsic.TraceId => new SqlValue(SqlType.Text, "replace(l.trace_id::text, '-', '')"),
            Intrinsic.SpanId => new SqlValue(SqlType.Text, "lpad(to_hex(l.span_id), 16, '0')"),
            Intrinsic.EventName => new SqlValue(SqlType.Text, "l.event_name"),
            Intrinsic.InstrumentationName => new SqlValue(SqlType.Text, "(select p.name from scopes p where p.id = l.scope_id)"),
            Intrinsic.InstrumentationVersion => new SqlValue(SqlType.Text, "(select p.version from scopes p where p.id = l.scope_id)"),
            Intrinsic.Name => new SqlValue(
                SqlType.Text,
                $"(select (select o.name from operations o where o.id = s.operation_id) {OfSpan})"
            ),
            Intrinsic.Status => new SqlValue(SqlType.Code, $"(select s.status {OfSpan})"),
            Intrinsic.StatusMessage => new SqlValue(SqlType.Text, $"(select s.status_message {OfSpan})"),
            Intrinsic.Kind => new SqlValue(SqlType.Code, $"(select s.kind {OfSpan})"),
            Intrinsic.Duration => new SqlValue(SqlType.Number, $"(select s.duration_ns {OfSpan})"),
            _ => throw new UnsupportedExpressionException(
                $"{reference.Intrinsic.Written()} is nothing that a log record has",
                reference.At
            ),
        };

    private static SqlValue Service => new(SqlType.Text, "(select v.name from services v where v.id = l.service_id)");

    private static string OfResource(string key) => $"(select r.attributes -> {key} from resources r where r.id = l.resource_id)";

    private static string SpanAttribute(string name, string key) =>
        ReferenceSql.Promoted(name) is { } promoted
            ? $"coalesce(to_jsonb(s.{promoted.Column}), s.attributes -> {key})"
            : $"s.attributes -> {key}";
}
