namespace Copilot.Ownership.Sources;

/// <summary>Clients for servers outside, which carry keys.</summary>
public static class OutsideHttp
{
    /// <summary>
    /// Follows no redirect, since a key must not reach another host. Gives up sooner than the outbox's lease, so that a call always ends
    /// before another worker may take the step.
    /// </summary>
    public static HttpClient Client() =>
        new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromSeconds(20),
        };
}
