namespace Copilot.Web.Display;

/// <summary>Addresses of the services' pages.</summary>
public static class ServiceAddress
{
    /// <summary>The name is a query parameter: names hold slashes, dots and anything else.</summary>
    public static string To(string service) => $"/service?name={Uri.EscapeDataString(service)}";

    public static string To(string service, DateTimeOffset from, DateTimeOffset to) =>
        $"{To(service)}&from={Uri.EscapeDataString(Instant.Text(from))}&to={Uri.EscapeDataString(Instant.Text(to))}";
}
