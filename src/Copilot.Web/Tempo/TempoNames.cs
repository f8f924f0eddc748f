namespace Copilot.Web.Tempo;

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
