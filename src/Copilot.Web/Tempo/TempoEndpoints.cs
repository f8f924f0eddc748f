using Copilot.Web.Api.Edge;

namespace Copilot.Web.Tempo;

/// <summary>
/// The HTTP interface of Grafana Tempo under <c>/tempo</c>, so that Grafana's Tempo data source can point at the copilot,
/// as Tempo's documentation describes it.
/// </summary>
public static class TempoEndpoints
{
    /// <summary>What Tempo's answers call this build; data sources read features from it.</summary>
    private const string CompatibleVersion = "2.9.0";

    public static IEndpointRouteBuilder MapTempo(this IEndpointRouteBuilder endpoints)
    {
        var tempo = endpoints.MapGroup("/tempo").AddEndpointFilter<TempoErrors>();
        tempo.WithRequestTimeout(RequestEdge.Question);
        tempo.MapGet("/ready", () => Results.Text("ready\n"));
        tempo.MapGet("/api/echo", () => Results.Text("echo"));
        tempo.MapGet(
            "/api/status/buildinfo",
            () =>
                Results.Json(
                    new
                    {
                        version = CompatibleVersion,
                        revision = "",
                        branch = "",
                        buildDate = "",
                        buildUser = "",
                        goVersion = "",
                    }
                )
        );
        tempo.MapGet("/api/search", SearchEndpoint.SearchAsync);
        tempo.MapGet("/api/traces/{id}", TraceByIdEndpoint.FirstAsync);
        tempo.MapGet("/api/v2/traces/{id}", TraceByIdEndpoint.SecondAsync);
        tempo.MapGet("/api/search/tags", TagEndpoints.NamesAsync);
        tempo.MapGet("/api/v2/search/tags", TagEndpoints.ScopedNamesAsync);
        tempo.MapGet("/api/search/tag/{tag}/values", TagEndpoints.ValuesAsync);
        tempo.MapGet("/api/v2/search/tag/{tag}/values", TagEndpoints.TypedValuesAsync);
        tempo.MapGet("/api/metrics/query_range", MetricsEndpoint.RangeAsync);
        tempo.MapGet("/api/metrics/query", MetricsEndpoint.InstantAsync);
        var own = endpoints.MapGroup("/api/v1/traceql").AddEndpointFilter<TempoErrors>();
        own.WithRequestTimeout(RequestEdge.Question);
        own.MapGet("/explain", QueryEndpoints.ExplainAsync);
        own.MapGet("/check", QueryEndpoints.CheckAsync);
        own.MapGet("/complete", QueryEndpoints.CompleteAsync);
        return endpoints;
    }
}

/// <summary>Names of attributes as Tempo's interface writes them.</summary>
internal static class TempoNames
{
    private static readonly string[] Scopes = ["span.", "resource.", "event.", "link.", "instrumentation.", "."];

    /// <summary>The attribute's own key: <c>http.route</c> of <c>span.http.route</c>.</summary>
    public static string WithoutScope(string written)
    {
        var scope = Array.Find(Scopes, s => written.StartsWith(s, StringComparison.Ordinal));
        return scope is null ? written : written[scope.Length..].Trim('"');
    }
}
