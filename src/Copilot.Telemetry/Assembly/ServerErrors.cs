using System.Buffers.Text;

namespace Copilot.Telemetry.Assembly;

/// <summary>
/// Attributes that tell of a server's error: <c>http.response.status_code</c> of 500 and above, a gRPC status that the semantic
/// conventions call a server's error; under the keys of older conventions too, as numbers or as text.
/// </summary>
internal static class ServerErrors
{
    private const int FirstHttp = 500;

    /// <summary>UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS.</summary>
    private static bool IsGrpc(long code) => code is 2 or 4 or 12 or 13 or 14 or 15;

    public static bool Tells(ReadOnlySpan<byte> key, long number) =>
        key.EndsWith("status_code"u8) && (IsHttp(key) ? number >= FirstHttp : IsRpc(key) && IsGrpc(number));

    public static bool Tells(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        if (!key.EndsWith("status_code"u8) || !(IsHttp(key) || IsRpc(key)))
            return false;
        if (Utf8Parser.TryParse(text, out long number, out var read) && read == text.Length)
            return Tells(key, number);
        return IsRpc(key)
            && (
                text.SequenceEqual("UNKNOWN"u8)
                || text.SequenceEqual("DEADLINE_EXCEEDED"u8)
                || text.SequenceEqual("UNIMPLEMENTED"u8)
                || text.SequenceEqual("INTERNAL"u8)
                || text.SequenceEqual("UNAVAILABLE"u8)
                || text.SequenceEqual("DATA_LOSS"u8)
            );
    }

    private static bool IsHttp(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("http.response.status_code"u8) || key.SequenceEqual("http.status_code"u8);

    private static bool IsRpc(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("rpc.grpc.status_code"u8) || key.SequenceEqual("rpc.response.status_code"u8);
}
