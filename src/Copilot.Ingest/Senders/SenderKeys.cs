using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Copilot.Ingest.Senders;

/// <summary>Who may send: anyone on this machine, and from other machines whoever brings a sender's key.</summary>
internal sealed class SenderKeys
{
    private const string Scheme = "Bearer ";

    private readonly List<(string Sender, byte[] Hash)> keys;

    public SenderKeys(IngestOptions options) =>
        keys = options.Keys.Where(key => key.Value.Length > 0).Select(key => (key.Key, Hash(key.Value))).ToList();

    /// <summary>The sender's name; null when it may not send.</summary>
    public string? Recognize(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        string? authorization = http.Request.Headers.Authorization;
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true)
        {
            var hash = Hash(authorization[Scheme.Length..].Trim());
            string? found = null;
            // All keys are compared, each in constant time: how long it takes tells nothing.
            foreach (var (sender, expected) in keys)
            {
                if (CryptographicOperations.FixedTimeEquals(hash, expected)) found = sender;
            }

            if (found is not null) return found;
        }

        // No address: a transport inside this process, as tests use.
        return address is null || IPAddress.IsLoopback(address) ? "local" : null;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
