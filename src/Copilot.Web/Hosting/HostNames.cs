using System.Net;
using Copilot.Incidents;
using Copilot.Web.Api;

namespace Copilot.Web.Hosting;

/// <summary>
/// The names under which the app is asked for. A website can have its own name point to this machine and then read what its visitors can
/// reach; the browser still says that name, in <c>Host</c>. The telemetry's ports ask for none: no page can be opened there, what a page
/// sends is refused (see <see cref="CrossSiteGuard"/>), and Collectors call a copilot by whatever name their network has.
/// </summary>
public sealed class HostNames
{
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _authorities;

    public HostNames(HostingOptions hosting, IncidentsOptions incidents)
    {
        var configured = hosting.Hosts.Select(host => Written(new HostString(host))).ToList();
        if (incidents.PublicUrl is { IsAbsoluteUri: true } url)
            configured.Add(Written(new HostString(url.Authority)));
        _names = configured.Select(host => host.Host).Append("localhost").ToHashSet(StringComparer.OrdinalIgnoreCase);
        _authorities = configured.Select(host => host.Value ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <param name="host">As the header has it: what ASP.NET makes of it fails on some.</param>
    /// <param name="local">The address that the connection came in at: it may be asked for by its number.</param>
    public bool Knows(string host, IPAddress? local)
    {
        var name = new HostString(host).Host;
        if (_names.Contains(name))
            return true;
        return IPAddress.TryParse(name, out var address) && (IPAddress.IsLoopback(address) || Plain(address).Equals(Plain(local)));
    }

    /// <summary>Whether a page of this origin is the app's own: opened at the same address, or at one that a proxy stands for.</summary>
    public bool IsOwnOrigin(string origin, string host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && from.Scheme is "http" or "https"
        && from.Authority is { Length: > 0 } page
        && (page.Equals(host, StringComparison.OrdinalIgnoreCase) || _authorities.Contains(page));

    /// <summary>As it goes over the wire, where names of other alphabets are written in ASCII.</summary>
    private static HostString Written(HostString host) => new(host.ToUriComponent());

    private static IPAddress Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None;
}

/// <summary>Configuration section "Hosting": what stands before the app.</summary>
public sealed record HostingOptions
{
    /// <summary>Addresses and networks of the proxies before it: they are believed who a visitor is and whether TLS was used.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Further names under which the app is asked for, as <c>name</c> or <c>name:port</c>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>How long a stop waits, answering all the while, until whoever spreads requests has noticed.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.Zero;
}
