using System.Collections.Frozen;
using Copilot.Access;
using Copilot.Ingest;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.StaticAssets;

namespace Copilot.Web.SignIn;

/// <summary>What an endpoint asks of whoever comes.</summary>
/// <param name="Permission">Null where it asks for none.</param>
/// <param name="OwnProof">It looks itself, at what its protocol carries: a sender's key, a signature, a webhook's token.</param>
internal sealed record AccessRule(Permission? Permission, bool OwnProof)
{
    /// <summary>Anybody: what says nothing of the systems behind.</summary>
    public static readonly AccessRule Open = new(null, false);

    public static readonly AccessRule Own = new(null, true);

    public static implicit operator AccessRule(Permission permission) => new(permission, false);
}

/// <summary>
/// The one table of who may do what over HTTP and in pages. It goes by the template of the endpoint that was matched, never by the text of
/// an address; an endpoint that is not in it is for admins, and a test fails until it is.
/// </summary>
internal static class AccessRules
{
    private static readonly FrozenDictionary<string, AccessRule> Table = new Dictionary<string, AccessRule>(StringComparer.Ordinal)
    {
        ["* /healthz"] = AccessRule.Open,
        ["* /livez"] = AccessRule.Open,
        ["* /readyz"] = AccessRule.Open,
        ["GET,HEAD /{**path:file}"] = AccessRule.Open,
        ["GET /_framework/opaque-redirect"] = AccessRule.Open,
        ["GET,POST /not-found"] = AccessRule.Open,
        ["GET /sign-in"] = AccessRule.Open,
        ["GET /sign-in/refused"] = AccessRule.Open,
        ["GET /signed-out"] = AccessRule.Open,
        ["POST /sign-out"] = AccessRule.Open,
        ["POST /slack/commands"] = AccessRule.Own,
        ["POST /slack/events"] = AccessRule.Own,
        ["POST /slack/interactivity"] = AccessRule.Own,
        ["POST /api/v1/alerts/{source}"] = AccessRule.Own,
        ["* /metrics"] = Permission.Read,
        ["GET /openapi.json"] = Permission.Read,
        ["GET /api/v1/changes"] = Permission.Read,
        ["GET /api/v1/catalog"] = Permission.Read,
        ["GET /api/v1/owners/{service}"] = Permission.Read,
        ["GET /api/v1/proposals/{id}"] = Permission.Read,
        ["GET /api/v1/investigations"] = Permission.Read,
        ["GET /api/v1/investigations/{id}"] = Permission.Read,
        ["GET /api/v1/status"] = Permission.Read,
        ["GET /api/v1/traces/{id}"] = Permission.Read,
        ["GET /api/v1/feedback"] = Permission.Read,
        ["GET /api/v1/incidents/"] = Permission.Read,
        ["GET /api/v1/incidents/{id}"] = Permission.Read,
        ["GET /api/v1/incidents/{id}/post-mortem"] = Permission.Read,
        ["GET /api/v1/conversations/"] = Permission.Read,
        ["GET /api/v1/conversations/{id}"] = Permission.Read,
        ["GET /api/v1/conversations/{id}/turns/{turn:int}/sent"] = Permission.Read,
        ["GET /tempo/ready"] = Permission.Read,
        ["GET /tempo/api/echo"] = Permission.Read,
        ["GET /tempo/api/status/buildinfo"] = Permission.Read,
        ["GET /tempo/api/search"] = Permission.Read,
        ["GET /tempo/api/traces/{id}"] = Permission.Read,
        ["GET /tempo/api/v2/traces/{id}"] = Permission.Read,
        ["GET /tempo/api/search/tags"] = Permission.Read,
        ["GET /tempo/api/v2/search/tags"] = Permission.Read,
        ["GET /tempo/api/search/tag/{tag}/values"] = Permission.Read,
        ["GET /tempo/api/v2/search/tag/{tag}/values"] = Permission.Read,
        ["GET /tempo/api/metrics/query_range"] = Permission.Read,
        ["GET /tempo/api/metrics/query"] = Permission.Read,
        ["GET /api/v1/traceql/explain"] = Permission.Read,
        ["GET /api/v1/traceql/check"] = Permission.Read,
        ["GET /api/v1/traceql/complete"] = Permission.Read,
        ["POST /api/v1/traceql/translate"] = Permission.Read,
        ["GET /api/v1/traces/{id}/otlp"] = Permission.Read,
        ["GET /api/v1/traces/{id}/jaeger"] = Permission.Read,
        ["GET /api/v1/instrumentation"] = Permission.Read,
        ["GET /api/v1/instrumentation/verify"] = Permission.Read,
        ["GET /api/v1/instrumentation/workloads"] = Permission.Read,
        ["GET /api/v1/instrumentation/steps"] = Permission.Read,
        ["POST /api/v1/instrumentation/workloads"] = Permission.Admin,
        ["POST /api/v1/instrumentation/steps"] = Permission.Act,
        ["POST /mcp/"] = Permission.Ask,
        ["POST /api/v1/causes"] = Permission.Ask,
        ["POST /api/v1/proposals"] = Permission.Ask,
        ["POST /api/v1/ask"] = Permission.Ask,
        ["POST /api/v1/ask/stream"] = Permission.Ask,
        ["POST /api/v1/conversations/{id}/rerun"] = Permission.Ask,
        ["POST /api/v1/conversations/{id}/turns/{turn:int}/feedback"] = Permission.Ask,
        ["POST /api/v1/incidents/"] = Permission.Act,
        ["POST /api/v1/incidents/{id}/resolve"] = Permission.Act,
        ["POST /api/v1/incidents/{id}/reopen"] = Permission.Act,
        ["POST /api/v1/incidents/{id}/notes"] = Permission.Act,
        ["PUT /api/v1/incidents/{id}/ticks/{step:int}"] = Permission.Act,
        ["DELETE /api/v1/incidents/{id}/ticks/{step:int}"] = Permission.Act,
        ["POST /api/v1/catalog"] = Permission.Admin,
        ["GET /api/v1/audit"] = Permission.Admin,
        ["GET /api/v1/audit-log"] = Permission.Admin,
        ["GET /api/v1/audit-log/export"] = Permission.Admin,
        ["GET /api/v1/data/estimate"] = Permission.Read,
        ["GET /api/v1/data/export"] = Permission.Admin,
        ["GET /api/v1/data/deletions/"] = Permission.Admin,
        ["GET /api/v1/data/deletions/{id:int}"] = Permission.Admin,
        ["POST /api/v1/data/deletions/preview"] = Permission.Admin,
        ["POST /api/v1/data/deletions/"] = Permission.Admin,
        ["GET /api/v1/slack/manifest"] = Permission.Admin,
        ["GET /api/v1/slack/check"] = Permission.Admin,
        ["GET /api/v1/keys/"] = Permission.Admin,
        ["POST /api/v1/keys/"] = Permission.Admin,
        ["POST /api/v1/keys/{id}/rotate"] = Permission.Admin,
        ["DELETE /api/v1/keys/{id}"] = Permission.Admin,
        ["GET,POST /settings"] = Permission.Admin,
        ["GET,POST /keys"] = Permission.Admin,
        ["GET,POST /data"] = Permission.Admin,
        ["GET,POST /audit"] = Permission.Admin,
        ["GET,POST /"] = Permission.Read,
        ["GET,POST /c/{ConversationId}"] = Permission.Read,
        ["GET,POST /conversations"] = Permission.Read,
        ["GET,POST /incidents"] = Permission.Read,
        ["GET,POST /incidents/{Id}"] = Permission.Read,
        ["GET,POST /incidents/measures"] = Permission.Read,
        ["GET,POST /investigations"] = Permission.Read,
        ["GET,POST /investigations/{Id}"] = Permission.Read,
        ["GET,POST /services"] = Permission.Read,
        ["GET,POST /service"] = Permission.Read,
        ["GET,POST /map"] = Permission.Read,
        ["GET,POST /coverage"] = Permission.Read,
        ["GET,POST /metric"] = Permission.Read,
        ["GET,POST /errors"] = Permission.Read,
        ["GET,POST /logs"] = Permission.Read,
        ["GET,POST /changes"] = Permission.Read,
        ["GET,POST /owners"] = Permission.Read,
        ["GET,POST /traceql"] = Permission.Read,
        ["GET,POST /trace/{Id}"] = Permission.Read,
        ["GET,POST /status"] = Permission.Read,
        ["GET,POST /reference"] = Permission.Read,
        ["* /_blazor/negotiate"] = Permission.Read,
        ["* /_blazor"] = Permission.Read,
        ["* /_blazor/disconnect/"] = Permission.Read,
        ["* /_blazor/initializers/"] = Permission.Read,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The table's rows, for the test that no row is left of an endpoint that is gone.</summary>
    public static IEnumerable<string> Rows => Table.Keys;

    /// <summary>What a row of the table asks for; null: nothing, or its own proof.</summary>
    public static Permission? Needs(string row) => Table[row].Permission;

    /// <summary>Null where the table does not know the endpoint, which is then for admins.</summary>
    public static AccessRule? Known(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IntakeMetadata>() is not null)
            return AccessRule.Own;
        if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            return AccessRule.Open;
        return endpoint is RouteEndpoint route ? Table.GetValueOrDefault(NameOf(route)) : null;
    }

    public static AccessRule Of(Endpoint endpoint) => Known(endpoint) ?? Permission.Admin;

    /// <summary>What a page asks for, which people reach by a link without a request of its own.</summary>
    public static Permission OfPage(Type page) =>
        page.GetCustomAttributes(typeof(RouteAttribute), inherit: false)
            .Cast<RouteAttribute>()
            .Select(route =>
                Table.TryGetValue($"GET,POST {route.Template}", out var rule) ? rule.Permission ?? Permission.Read : Permission.Admin
            )
            .DefaultIfEmpty(Permission.Admin)
            .Max();

    /// <summary>Methods and template, as <c>--routes</c> writes them.</summary>
    public static string NameOf(RouteEndpoint route)
    {
        var named = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods;
        return $"{(named is { Count: > 0 } ? string.Join(',', named) : "*")} /{route.RoutePattern.RawText?.TrimStart('/')}";
    }
}
