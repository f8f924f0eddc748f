namespace Copilot.Web.Display;

/// <summary>Addresses of the query page with a query and its window.</summary>
public static class QueryLink
{
    public static string To(string query, DateTimeOffset from, DateTimeOffset to) =>
        $"/traceql?q={Uri.EscapeDataString(query)}&from={Uri.EscapeDataString(Instant.Text(from))}&to={Uri.EscapeDataString(Instant.Text(to))}";
}
