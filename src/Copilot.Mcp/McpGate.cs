using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Copilot.Mcp;

/// <summary>Lets in who is on this machine, or, where keys are configured, who has one.</summary>
internal sealed class McpGate(McpOptions options)
{
    private const string Scheme = "Bearer ";

    /// <summary>Null where the request may pass. With keys nobody passes without one: a proxy on this machine would let in
    /// everybody.</summary>
    public IResult? Refusal(HttpContext http)
    {
        if (options.Keys.Count == 0)
        {
            return http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
                ? null
                : Results.Problem(
                    "Only clients on this machine are served while no key is configured. Set Mcp__Keys__0 and send it as "
                        + "Authorization: Bearer.",
                    statusCode: StatusCodes.Status403Forbidden,
                    title: "From another machine"
                );
        }

        var sent = http.Request.Headers.Authorization.ToString();
        if (sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && IsKnown(sent[Scheme.Length..].Trim()))
            return null;
        http.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return Results.Problem(
            "The tools ask for a key: send one of Mcp:Keys as Authorization: Bearer.",
            statusCode: StatusCodes.Status401Unauthorized,
            title: "No key"
        );
    }

    // All are compared in full, so that the time it takes tells nothing.
    private bool IsKnown(string key)
    {
        var known = false;
        foreach (var one in options.Keys)
            known |= CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(one)),
                SHA256.HashData(Encoding.UTF8.GetBytes(key))
            );
        return known;
    }
}
