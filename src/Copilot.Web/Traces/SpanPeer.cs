using System.Text.Json;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Web.Traces;

/// <summary>Whom a client span calls, as its attributes tell it: the names of many are but "POST".</summary>
public static class SpanPeer
{
    // What says most first; the older names of the semantic conventions after the newer.
    private static readonly string[] Keys =
    [
        "peer.service",
        "server.address",
        "messaging.destination.name",
        "db.namespace",
        "net.peer.name",
        "db.name",
        "rpc.service",
    ];

    /// <summary>Null where it calls nobody or does not say whom.</summary>
    public static string? Of(SpanDetail span)
    {
        if (span.Kind is not (SpanKind.Client or SpanKind.Producer) || span.Attributes.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var key in Keys)
        {
            if (span.Attributes.TryGetProperty(key, out var value) && AttributeText.Of(value) is { Length: > 0 } peer)
                return peer;
        }

        return null;
    }
}
