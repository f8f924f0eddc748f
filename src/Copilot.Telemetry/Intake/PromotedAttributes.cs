using System.Runtime.CompilerServices;

namespace Copilot.Telemetry.Intake;

/// <summary>
/// Values of the span attributes that have columns of their own; what is here is not in the attributes' JSON.
/// Texts are slices of the batch's arena, in the order of <see cref="PromotedKeys.Texts"/>.
/// </summary>
public struct PromotedAttributes
{
    public short? HttpResponseStatusCode;
    public int? ServerPort;
    public TextValues Texts;

    [InlineArray(PromotedKeys.TextCount)]
    public struct TextValues
    {
        private TextSlice _first;
    }
}

/// <summary>Which span attributes have columns of their own, and in which order.</summary>
public static class PromotedKeys
{
    public const int TextCount = 11;

    public const string HttpResponseStatusCode = "http.response.status_code";
    public const string ServerPort = "server.port";

    /// <summary>Attribute keys in the order of the columns; a column's name is the key with underscores for dots.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        "http.request.method",
        "http.route",
        "url.path",
        "server.address",
        "peer.service",
        "db.system.name",
        "db.namespace",
        "rpc.service",
        "rpc.method",
        "messaging.destination.name",
        "error.type",
    ];

    /// <summary>The index of a text column, or -1. By length first: most attributes are none of these.</summary>
    public static int IndexOfText(ReadOnlySpan<byte> key) =>
        key.Length switch
        {
            10 => key.SequenceEqual("http.route"u8) ? 1
            : key.SequenceEqual("rpc.method"u8) ? 8
            : key.SequenceEqual("error.type"u8) ? 10
            : -1,
            8 => key.SequenceEqual("url.path"u8) ? 2 : -1,
            14 => key.SequenceEqual("server.address"u8) ? 3
            : key.SequenceEqual("db.system.name"u8) ? 5
            : -1,
            12 => key.SequenceEqual("peer.service"u8) ? 4
            : key.SequenceEqual("db.namespace"u8) ? 6
            : -1,
            11 => key.SequenceEqual("rpc.service"u8) ? 7 : -1,
            19 => key.SequenceEqual("http.request.method"u8) ? 0 : -1,
            26 => key.SequenceEqual("messaging.destination.name"u8) ? 9 : -1,
            _ => -1,
        };
}
