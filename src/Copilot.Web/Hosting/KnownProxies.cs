using System.Net;

namespace Copilot.Web.Hosting;

/// <summary>The proxies before the app, by address or network. What others say of a visitor in headers is not believed.</summary>
public sealed class KnownProxies
{
    private readonly List<IPNetwork> _networks;

    /// <summary>What is neither is left out; the start is refused before.</summary>
    public KnownProxies(IEnumerable<string> written) => _networks = [.. written.Select(Read).OfType<IPNetwork>()];

    public static bool IsOne(string text) => Read(text) is not null;

    public bool Knows(IPAddress? address)
    {
        if (address is null)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _networks.Any(network => network.Contains(plain));
    }

    private static IPNetwork? Read(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out var network) ? network : null;
    }
}

internal static class ForwardedScheme
{
    /// <summary>Before all that makes an address or a cookie: a proxy that ends TLS says so in <c>X-Forwarded-Proto</c>. The visitor's own
    /// address is not taken from a header, since who is on this machine depends on it.</summary>
    public static IApplicationBuilder UseKnownProxies(this IApplicationBuilder app)
    {
        var proxies = app.ApplicationServices.GetRequiredService<KnownProxies>();
        return app.Use(
            (http, next) =>
            {
                if (
                    proxies.Knows(http.Connection.RemoteIpAddress)
                    && http.Request.Headers["X-Forwarded-Proto"].ToString().Equals("https", StringComparison.OrdinalIgnoreCase)
                )
                    http.Request.Scheme = "https";
                return next(http);
            }
        );
    }
}
