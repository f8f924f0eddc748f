using Copilot.Telemetry.Intake;

namespace Copilot.Store.AttributeIndexing;

/// <summary>The statements of the catalogue's pass. Parameters: $1 and $2 bound the time, $3 is a mask that thins out the spans (0:
/// all).</summary>
internal static class AttributeIndexSql
{
    /// <summary>Distinct values kept of a key and service; a key with more is marked.</summary>
    public const int ValuesKept = 200;

    private const string TypeOf = """
        case jsonb_typeof(value)
            when 'string' then 'string' when 'boolean' then 'bool' when 'array' then 'array'
            when 'number' then case when value::text ~ '[.eE]' then 'double' else 'int' end
            else case when value ? 'bytes' and (select count(*) from jsonb_object_keys(value)) = 1 then 'bytes' else 'object' end end
        """;

    private static readonly string _promoted = string.Join(
        ", ",
        PromotedKeys
            .Texts.Append(PromotedKeys.HttpResponseStatusCode)
            .Append(PromotedKeys.ServerPort)
            .Select(static key => $"('{key}', to_jsonb(s.{key.Replace('.', '_')}))")
    );

    public static string FindInSpans { get; } =
        $"""
            create temp table catalogue_found on commit drop as
            with s as materialized (
                select * from spans where start_ns >= $1 and start_ns < $2 and (span_id & $3) = 0),
            flat as (
                select 'span' as level, s.service_id, s.entry, s.start_ns as at, e.key, e.value, 1 as times
                  from s, jsonb_each(s.attributes) e
                union all
                select 'span', s.service_id, s.entry, s.start_ns, p.key, p.value, 1
                  from s, lateral (values {_promoted}) p (key, value) where p.value is not null
                union all
                select 'event', s.service_id, s.entry, s.start_ns, e.key, e.value, 1
                from s, jsonb_array_elements(s.events) x, jsonb_each(x -> 'a') e where s.events is not null
                union all
                select 'link', s.service_id, s.entry, s.start_ns, e.key, e.value, 1
                from s, jsonb_array_elements(s.links) x, jsonb_each(x -> 'a') e where s.links is not null
                union all
                select 'resource', r.service_id, g.entry, g.at, e.key, e.value, g.times
                from (select resource_id, bool_or(entry) as entry, max(start_ns) as at, count(*)::int as times from s group by 1) g
                    join resources r on r.id = g.resource_id, jsonb_each(r.attributes) e
                union all
                select 'scope', g.service_id, g.entry, g.at, e.key, e.value, g.times
                from (select scope_id, service_id, bool_or(entry) as entry, max(start_ns) as at, count(*)::int as times from s
                  group by 1, 2) g
                    join scopes c on c.id = g.scope_id, jsonb_each(c.attributes) e)
            {Grouped}
            """;

    public static string FindInLogs { get; } =
        $"""
            create temp table catalogue_found on commit drop as
            with s as materialized (
                select service_id, resource_id, time_ns, attributes from logs
                  where time_ns >= $1 and time_ns < $2 and (time_ns / 1000 & $3) = 0),
            flat as (
                select 'log' as level, s.service_id, false as entry, s.time_ns as at, e.key, e.value, 1 as times
                  from s, jsonb_each(s.attributes) e
                union all
                select 'resource', r.service_id, false, g.at, e.key, e.value, g.times
                from (select resource_id, max(time_ns) as at, count(*)::int as times from s group by 1) g
                    join resources r on r.id = g.resource_id, jsonb_each(r.attributes) e)
            {Grouped}
            """;

    public const string AddKeys = """
        insert into attribute_keys as k (level, key, service_id, type, entry, many_values, last_seen_ns)
        select level, key, service_id, type, bool_or(entry), max(value_count) > 200, max(at) from catalogue_found
          group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (level, key, service_id, type) do update set entry = k.entry or excluded.entry,
            many_values = k.many_values or excluded.many_values, last_seen_ns = greatest(k.last_seen_ns, excluded.last_seen_ns),
            noted = case when excluded.entry > k.entry or excluded.many_values > k.many_values then excluded.noted else k.noted end
        """;

    public const string AddValues = """
        insert into attribute_values as v (level, key, service_id, value, type, entry, seen, last_seen_ns)
        select level, key, service_id, value, min(type), bool_or(entry), sum(seen), max(at) from catalogue_found
        where place <= 200 group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (level, key, service_id, value) do update set entry = v.entry or excluded.entry,
            seen = v.seen + excluded.seen, last_seen_ns = greatest(v.last_seen_ns, excluded.last_seen_ns),
            noted = case when excluded.entry > v.entry then excluded.noted else v.noted end
        """;

    /// <summary>Keys that have gathered too many values over time lose the least seen, and are marked.</summary>
    public const string Prune = """
        with ranked as (
            select v.level, v.key, v.service_id, v.value,
                row_number() over (partition by v.level, v.key, v.service_id order by v.seen desc, v.last_seen_ns desc, v.value) as place
            from attribute_values v
            where (v.level, v.key, v.service_id) in (select distinct level, key, service_id from catalogue_found)),
        pruned as (
            delete from attribute_values v using ranked r
            where r.place > 200 and v.level = r.level and v.key = r.key and v.service_id = r.service_id and v.value = r.value
            returning v.level, v.key, v.service_id)
        update attribute_keys k set many_values = true, noted = pg_current_xact_id()::text::bigint
        from (select distinct level, key, service_id from pruned) p
        where k.level = p.level and k.key = p.key and k.service_id = p.service_id and not k.many_values
        """;

    private const string Grouped = $"""
        , grouped as (
            select level, key, service_id, type, value, bool_or(entry) as entry, sum(times)::bigint as seen, max(at) as at
            from (select level, key, service_id, entry, at, times, left(value #>> array[]::text[], 200) as value, {TypeOf} as type
                from flat where jsonb_typeof(value) <> 'null') t
            group by level, key, service_id, type, value)
        select *, count(*) over (partition by level, key, service_id) as value_count,
            row_number() over (partition by level, key, service_id order by seen desc, at desc, value) as place
        from grouped
        """;
}
