using Copilot.Store.Commands;
using Copilot.Telemetry.Intake;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Traceql.Conditions;

/// <summary>Attributes and intrinsics as SQL over a row of spans.</summary>
internal sealed class ReferenceSql(SqlParameters parameters, TraceRows traces) : IFieldSql
{
    /// <summary>Whether what was compiled so far wants <see cref="RowAliases.NestedSets"/> in the statement's <c>from</c>.</summary>
    public bool WantsNestedSets { get; private set; }

    public SqlValue Of(AttributeReference attribute, RowAliases rows)
    {
        var key = parameters.Text(attribute.Name);
        switch (attribute.Scope)
        {
            case AttributeScope.Span:
                return SpanAttribute(attribute.Name, rows);
            case AttributeScope.Resource when attribute.Name == Levels.ServiceName:
                return new SqlValue(
                    SqlType.Text,
                    Looked(rows, Level.Service, "name", $"(select v.name from services v where v.id = {rows.Span}.service_id)")
                );
            case AttributeScope.Resource:
                return ResourceAttribute(key, rows);
            case AttributeScope.Instrumentation:
                var scope = Looked(
                    rows,
                    Level.Scope,
                    "attributes",
                    $"(select p.attributes from scopes p where p.id = {rows.Span}.scope_id)"
                );
                return new SqlValue(SqlType.Json, $"({scope} -> {key})");
            case AttributeScope.Event:
                return InList(rows.Event, "events", $"-> 'a' -> {key}", SqlType.Json, rows);
            case AttributeScope.Link:
                return InList(rows.Link, "links", $"-> 'a' -> {key}", SqlType.Json, rows);
            default:
                return rows.AnyIs switch
                {
                    Level.Span => SpanAttribute(attribute.Name, rows),
                    Level.Resource => ResourceAttribute(key, rows),
                    _ => new SqlValue(
                        SqlType.Json,
                        $"coalesce({SpanAttribute(attribute.Name, rows).Sql}, {ResourceAttribute(key, rows).Sql})"
                    ),
                };
        }
    }

    /// <summary>The promoted column of a span attribute, with the JSON type it holds; null where there is none.</summary>
    public static (string Column, SqlType Type)? Promoted(string name)
    {
        if (name is PromotedKeys.HttpResponseStatusCode or PromotedKeys.ServerPort)
            return (name.Replace('.', '_'), SqlType.Number);
        return PromotedKeys.Texts.Contains(name) ? (name.Replace('.', '_'), SqlType.Text) : null;
    }

    private SqlValue SpanAttribute(string name, RowAliases rows)
    {
        var json = $"({rows.Span}.attributes -> {parameters.Text(name)})";
        return new SqlValue(
            SqlType.Json,
            Promoted(name) is { } promoted ? $"coalesce(to_jsonb({rows.Span}.{promoted.Column}), {json})" : json
        );
    }

    private static SqlValue ResourceAttribute(string key, RowAliases rows)
    {
        var attributes = Looked(
            rows,
            Level.Resource,
            "attributes",
            $"(select c.attributes from resources c where c.id = {rows.Span}.resource_id)"
        );
        return new SqlValue(SqlType.Json, $"({attributes} -> {key})");
    }

    public SqlValue Of(IntrinsicReference reference, RowAliases rows)
    {
        var span = rows.Span;
        return reference.Intrinsic switch
        {
            Intrinsic.Duration => new SqlValue(SqlType.Number, $"{span}.duration_ns"),
            Intrinsic.Name => new SqlValue(
                SqlType.Text,
                Looked(rows, Level.Operation, "name", $"(select o.name from operations o where o.id = {span}.operation_id)")
            ),
            Intrinsic.Status => new SqlValue(SqlType.Code, $"{span}.status"),
            Intrinsic.StatusMessage => new SqlValue(SqlType.Text, $"coalesce({span}.status_message, '')"),
            Intrinsic.Kind => new SqlValue(SqlType.Code, $"{span}.kind"),
            Intrinsic.SpanId => new SqlValue(SqlType.Text, $"lpad(to_hex({span}.span_id), 16, '0')"),
            Intrinsic.ParentId => new SqlValue(SqlType.Text, $"coalesce(lpad(to_hex({span}.parent_span_id), 16, '0'), '')"),
            Intrinsic.TraceId => new SqlValue(SqlType.Text, $"replace({span}.trace_id::text, '-', '')"),
            Intrinsic.ChildCount => new SqlValue(SqlType.Number, traces.ChildCount(span)),
            Intrinsic.TraceDuration => new SqlValue(
                SqlType.Number,
                Looked(rows, Level.Trace, "trace_duration", $"(select w.trace_duration from {traces.Durations($"= {span}.trace_id")} w)")
            ),
            Intrinsic.RootName => new SqlValue(
                SqlType.Text,
                Looked(rows, Level.Root, "root_name", $"(select w.root_name from {traces.Roots($"= {span}.trace_id")} w)")
            ),
            Intrinsic.RootServiceName => new SqlValue(
                SqlType.Text,
                Looked(rows, Level.Root, "root_service", $"(select w.root_service from {traces.Roots($"= {span}.trace_id")} w)")
            ),
            Intrinsic.InstrumentationName => Scope(rows, "name"),
            Intrinsic.InstrumentationVersion => Scope(rows, "version"),
            Intrinsic.EventName => InList(rows.Event, "events", "->> 'n'", SqlType.Text, rows),
            Intrinsic.EventTimeSinceStart => InList(rows.Event, "events", "-> 't'", SqlType.Json, rows),
            Intrinsic.LinkTraceId => InList(rows.Link, "links", "->> 't'", SqlType.Text, rows),
            Intrinsic.LinkSpanId => InList(rows.Link, "links", "->> 's'", SqlType.Text, rows),
            Intrinsic.NestedSetLeft => NestedSet(rows, 0),
            Intrinsic.NestedSetRight => NestedSet(rows, 1),
            Intrinsic.NestedSetParent => NestedSet(rows, 2),
            _ => throw new UnsupportedExpressionException(
                $"{reference.Intrinsic.Written()} has no value of its own; relate two spansets with > instead",
                reference.At
            ),
        };
    }

    private SqlValue NestedSet(RowAliases rows, int which)
    {
        WantsNestedSets |= rows.NestedSets is not null;
        return new SqlValue(SqlType.Number, TraceRows.NestedSet(rows.NestedSets ?? traces.NestedSets(rows.Span), rows.Span, which));
    }

    private static SqlValue Scope(RowAliases rows, string column) =>
        new(SqlType.Text, Looked(rows, Level.Scope, column, $"(select p.{column} from scopes p where p.id = {rows.Span}.scope_id)"));

    private static string Looked(RowAliases rows, Level level, string column, string lookup) =>
        rows.Dictionary == level ? $"{RowAliases.DictionaryRow}.{column}" : lookup;

    /// <summary>A value of the event or link at hand; outside of a comparison, of the first that has it.</summary>
    private static SqlValue InList(string? alias, string column, string path, SqlType type, RowAliases rows) =>
        alias is not null
            ? new SqlValue(type, $"({alias}.v {path})")
            : new SqlValue(
                type,
                $"(select e.v {path} from jsonb_array_elements({rows.Span}.{column}) with ordinality e(v, i) where (e.v "
                    + $"{path}) is not null order by e.i limit 1)"
            );
}
