namespace Copilot.Web.Display;

/// <summary>Addresses of trace pages. They carry about when the trace was, for people who read them.</summary>
public static class TraceLink
{
    public static string To(string traceId, DateTimeOffset? at) =>
        at is { } time
            ? $"/trace/{Uri.EscapeDataString(traceId)}?at={Uri.EscapeDataString(Instant.Text(time))}"
            : $"/trace/{Uri.EscapeDataString(traceId)}";

    /// <summary>Leads to one span of the trace.</summary>
    public static string To(string traceId, string spanId, DateTimeOffset at) => $"{To(traceId, at)}&span={Uri.EscapeDataString(spanId)}";
}
