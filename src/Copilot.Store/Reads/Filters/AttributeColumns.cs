using System.Collections.Frozen;
using Copilot.Store.Reads.Commands;

namespace Copilot.Store.Reads.Filters;

/// <summary>
/// The one place of the reads that knows where an attribute is kept: in a promoted column of <c>spans</c>, in its jsonb, or with its
/// resource. A promoted attribute of an unexpected type stays in the jsonb, so both are looked at.
/// </summary>
internal static class AttributeColumns
{
    internal static readonly FrozenDictionary<string, (string Column, bool Number)> Promoted =
        new Dictionary<string, (string, bool)>(StringComparer.Ordinal)
        {
            ["http.response.status_code"] = ("http_response_status_code", true),
            ["server.port"] = ("server_port", true),
            ["http.request.method"] = ("http_request_method", false),
            ["http.route"] = ("http_route", false),
            ["url.path"] = ("url_path", false),
            ["server.address"] = ("server_address", false),
            ["peer.service"] = ("peer_service", false),
            ["db.system.name"] = ("db_system_name", false),
            ["db.namespace"] = ("db_namespace", false),
            ["rpc.service"] = ("rpc_service", false),
            ["rpc.method"] = ("rpc_method", false),
            ["messaging.destination.name"] = ("messaging_destination_name", false),
            ["error.type"] = ("error_type", false),
        }.ToFrozenDictionary();

    /// <summary>The attribute's value as text, of the span that stands in the query as <paramref name="span"/>; null where it has none.</summary>
    public static Sql Text(AttributeScope scope, string key, string span = "s") => scope switch
    {
        AttributeScope.Span => SpanText(key, span),
        AttributeScope.Resource => Resource(span, Sql.Of($"res.attributes ->> {key}")),
        AttributeScope.Event => InList(key, span, "events"),
        AttributeScope.Link => InList(key, span, "links"),
        AttributeScope.Instrumentation => Instrumentation(key, span),
        AttributeScope.Intrinsic => Intrinsic(key, span),
        _ => Sql.Of($"coalesce({SpanText(key, span)}, {Resource(span, Sql.Of($"res.attributes ->> {key}"))})"),
    };

    /// <summary>The attribute's value as a number; null where it has none or is no number.</summary>
    public static Sql Number(AttributeScope scope, string key, string span = "s") => scope switch
    {
        AttributeScope.Span => SpanNumber(key, span),
        AttributeScope.Resource => ResourceNumber(key, span),
        AttributeScope.Any => Sql.Of($"coalesce({SpanNumber(key, span)}, {ResourceNumber(key, span)})"),
        AttributeScope.Intrinsic when key == "duration" => Sql.Trusted($"{span}.duration_ns::numeric"),
        _ => Sql.Of($"(case when {Text(scope, key, span)} ~ '^-?[0-9]+([.][0-9]+)?$' then ({Text(scope, key, span)})::numeric end)"),
    };

    private static Sql SpanText(string key, string span) => Promoted.TryGetValue(key, out var at)
        ? Sql.Of($"coalesce({Sql.Trusted($"{span}.{at.Column}")}::text, {Sql.Trusted(span)}.attributes ->> {key})")
        : Sql.Of($"({Sql.Trusted(span)}.attributes ->> {key})");

    private static Sql SpanNumber(string key, string span)
    {
        var json = JsonNumber(Sql.Trusted(span + ".attributes"), key);
        return Promoted.TryGetValue(key, out var at) && at.Number
            ? Sql.Of($"coalesce({Sql.Trusted($"{span}.{at.Column}")}::numeric, {json})")
            : json;
    }

    private static Sql ResourceNumber(string key, string span) => Resource(span, JsonNumber(Sql.Trusted("res.attributes"), key));

    private static Sql Resource(string span, Sql value) =>
        Sql.Of($"(select {value} from resources res where res.id = {Sql.Trusted(span)}.resource_id)");

    private static Sql JsonNumber(Sql json, string key) =>
        Sql.Of($"(case when jsonb_typeof({json} -> {key}) = 'number' then ({json} ->> {key})::numeric end)");

    private static Sql InList(string key, string span, string column) =>
        Sql.Of($"""
            (select item -> 'a' ->> {key} from jsonb_array_elements({Sql.Trusted($"{span}.{column}")}) item
              where item -> 'a' ? {key} limit 1)
            """);

    private static Sql Instrumentation(string key, string span) => key switch
    {
        "name" or "version" => Sql.Of($"(select sc.{Sql.Trusted(key)} from scopes sc where sc.id = {Sql.Trusted(span)}.scope_id)"),
        _ => Sql.Of($"(select sc.attributes ->> {key} from scopes sc where sc.id = {Sql.Trusted(span)}.scope_id)"),
    };

    private static Sql Intrinsic(string key, string span) => key switch
    {
        "name" => Sql.Trusted($"(select op.name from operations op where op.id = {span}.operation_id)"),
        "kind" => Sql.Trusted($"(array['unspecified','internal','server','client','producer','consumer'])[{span}.kind + 1]"),
        "status" => Sql.Trusted($"(array['unset','ok','error'])[{span}.status + 1]"),
        "statusMessage" => Sql.Trusted($"{span}.status_message"),
        "duration" => Sql.Trusted($"{span}.duration_ns::text"),
        _ => throw new ArgumentException($"'{key}' is no property that every span has: name, kind, status, statusMessage, duration.", nameof(key)),
    };
}
