using System.Collections.Frozen;
using Copilot.Store.Commands;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Filters;

/// <summary>
/// Where an attribute that requests are grouped by is kept: in a promoted column of <c>spans s</c>, in its jsonb, or with its resource.
/// A promoted attribute of an unexpected type stays in the jsonb, so both are looked at.
/// </summary>
internal static class AttributeColumns
{
    internal static readonly FrozenDictionary<string, string> Promoted = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["http.response.status_code"] = "http_response_status_code",
        ["server.port"] = "server_port",
        ["http.request.method"] = "http_request_method",
        ["http.route"] = "http_route",
        ["url.path"] = "url_path",
        ["server.address"] = "server_address",
        ["peer.service"] = "peer_service",
        ["db.system.name"] = "db_system_name",
        ["db.namespace"] = "db_namespace",
        ["rpc.service"] = "rpc_service",
        ["rpc.method"] = "rpc_method",
        ["messaging.destination.name"] = "messaging_destination_name",
        ["error.type"] = "error_type",
    }.ToFrozenDictionary();

    /// <summary>The attribute's value as text; null where the span has none.</summary>
    public static Sql Text(AttributeScope scope, string key) =>
        scope switch
        {
            AttributeScope.Span => OnSpan(key),
            AttributeScope.Resource => OnResource(key),
            _ => Sql.Of($"coalesce({OnSpan(key)}, {OnResource(key)})"),
        };

    private static Sql OnSpan(string key) =>
        Promoted.TryGetValue(key, out var column)
            ? Sql.Of($"coalesce({Sql.Trusted("s." + column)}::text, s.attributes ->> {key})")
            : Sql.Of($"(s.attributes ->> {key})");

    private static Sql OnResource(string key) =>
        Sql.Of($"(select res.attributes ->> {key} from resources res where res.id = s.resource_id)");
}
