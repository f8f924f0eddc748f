namespace Copilot.Web.Display;

/// <summary>Addresses of the query page with a query and its window.</summary>
public static class QueryLink
{
    public static string To(string query, DateTimeOffset from, DateTimeOffset to) =>
        $"/traceql?q={Uri.EscapeDataString(query)}&from={Escaped(from)}&to={Escaped(to)}";

    private static string Escaped(DateTimeOffset time) => Uri.EscapeDataString(Instant.Text(time));
}
