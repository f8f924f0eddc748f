using System.Net;

namespace Copilot.Instrument.Propagation;

/// <summary>What a host's name alone tells.</summary>
public static class HostName
{
    /// <summary>Ends of names that only a private network or a cluster resolves.</summary>
    private static readonly string[] PrivateEnds =
    [
        ".svc",
        ".cluster.local",
        ".internal",
        ".local",
        ".lan",
        ".intranet",
        ".corp",
        ".home.arpa",
        ".consul",
    ];

    /// <summary>No public name: one word, or an end that only the own network resolves.</summary>
    public static bool IsPrivate(string address)
    {
        var name = address.TrimEnd('.');
        return !IPAddress.TryParse(name, out _)
            && name.Length > 0
            && (
                !name.Contains('.', StringComparison.Ordinal)
                || name.Contains(".svc.", StringComparison.OrdinalIgnoreCase)
                || PrivateEnds.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            );
    }

    public static bool IsAddress(string address) => IPAddress.TryParse(address, out _);

    /// <summary>"billing" of "billing.prod.svc.cluster.local": of a private name the first word is the service. Any other stays whole:
    /// "api.example.com" is not the service "api".</summary>
    public static string ServicePart(string address) =>
        IsPrivate(address) && address.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? address[..dot] : address;
}
