using System.Net;
using System.Security.Cryptography;
using System.Text;
using Copilot.Access;
using Copilot.Access.Keys;
using Copilot.Ingest.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Copilot.Ingest;

/// <summary>Who may send: anyone on this machine, and from other machines whoever brings a sender's key.</summary>
internal sealed class SenderKeys
{
    private const string Scheme = "Bearer ";

    private readonly List<(string Sender, byte[] Hash)> _keys;

    private readonly KeyRing? _ring;
    private readonly bool _behindSignIn;

    /// <param name="ring">The keys that are made in the app; null where there is none around the intake.</param>
    public SenderKeys(IngestOptions options, KeyRing? ring = null, SignInOptions? signIn = null)
    {
        _keys = options.Keys.Where(key => key.Value.Length > 0).Select(key => (key.Key, Hash(key.Value))).ToList();
        (_ring, _behindSignIn) = (ring, signIn is { Mode: not SignInMode.SingleUser });
    }

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
            foreach (var (sender, expected) in _keys)
            {
                if (CryptographicOperations.FixedTimeEquals(hash, expected))
                    found = sender;
            }

            if (found is not null)
                return found;
            if (_ring?.Find(authorization[Scheme.Length..]) is { } key && key.Scopes.Contains(Permission.Ingest))
                return key.Name;
        }

        // Where people sign in, what a proxy of this machine passes on is from elsewhere.
        if (_behindSignIn && http.Request.Headers.ContainsKey("X-Forwarded-For"))
            return null;

        // No address: a transport inside this process, as tests use.
        return address is null || IPAddress.IsLoopback(address) ? "local" : null;
    }

    /// <summary>What somebody who was not recognized is told: whether a key is missing, or another one than these.</summary>
    public static IntakeReply Refusal(HttpContext http) =>
        string.IsNullOrWhiteSpace(http.Request.Headers.Authorization) ? IntakeReply.NoKey : IntakeReply.WrongKey;

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

/// <summary>How a sender reaches an endpoint of the intake.</summary>
public enum IntakeTransport
{
    Http,
    Grpc,
}

/// <summary>Says of an endpoint that senders reach it on the intake's ports. An endpoint that does not say so is not there.</summary>
/// <param name="OwnRefusals">Its protocol has words of its own for a body of a wrong type; else the app refuses those before it.</param>
public sealed record IntakeMetadata(IntakeTransport Transport, bool OwnRefusals);

public static class IntakeConventions
{
    /// <summary>Senders reach it on the port of OTLP/HTTP as well.</summary>
    public static TBuilder OnIntake<TBuilder>(this TBuilder endpoint, bool ownRefusals = false)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IntakeMetadata(IntakeTransport.Http, ownRefusals));

    /// <summary>Senders reach it on the port of OTLP/gRPC, and nobody elsewhere.</summary>
    public static TBuilder OnGrpcIntake<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IntakeMetadata(IntakeTransport.Grpc, OwnRefusals: true));
}
