using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Time;
using Copilot.TraceQL.Spansets;
using Npgsql;

namespace Copilot.Store.Traceql;

/// <summary>Which attributes the spans of a filter have: rows of level and key, from the spans themselves.</summary>
internal static class AttributeNamesSql
{
    private static readonly (string Key, string Column)[] Promoted =
        [.. PromotedKeys.Texts.Concat([PromotedKeys.HttpResponseStatusCode, PromotedKeys.ServerPort]).Select(key => (key, key.Replace('.', '_')))];

    public static NpgsqlCommand Build(SpansetFilter filter, TimeWindow window)
    {
        var command = new NpgsqlCommand();
        var parameters = SqlParameters.Positional(command.Parameters);
        var from = new ConditionSql(parameters, window).From(new TraceRows(window, parameters).InWindow("s"), [filter.Condition]);
        var present = string.Join(", ", Promoted.Select(p => $"bool_or(m.{p.Column} is not null) as {p.Column}"));
        var named = string.Join(", ", Promoted.Select(p => $"('{p.Key}', b.{p.Column})"));
        command.CommandText = $"with m as materialized (select s.* {from})"
            + " select 'span', k from m, jsonb_object_keys(m.attributes) k"
            + $" union select 'span', p.key from (select {present} from m) b cross join lateral (values {named}) p(key, present) where p.present"
            + " union select 'resource', k from resources c, jsonb_object_keys(c.attributes) k where c.id in (select resource_id from m)"
            + " union select 'scope', k from scopes c, jsonb_object_keys(c.attributes) k where c.id in (select scope_id from m)"
            + " union select 'event', k from m, jsonb_array_elements(m.events) e, jsonb_object_keys(e -> 'a') k"
            + " union select 'link', k from m, jsonb_array_elements(m.links) e, jsonb_object_keys(e -> 'a') k order by 1, 2";
        return command;
    }
}
