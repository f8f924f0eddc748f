using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;

namespace Copilot.Ingest.Tests.Noise;

/// <summary>gRPC's frames as bytes: what no client would send can be sent too.</summary>
internal sealed class RawGrpc(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>A message in its frame: packed or not, and its length.</summary>
    public static byte[] Frame(byte[] message, bool packed = false) =>
        [
            packed ? (byte)1 : (byte)0,
            (byte)(message.Length >> 24),
            (byte)(message.Length >> 16),
            (byte)(message.Length >> 8),
            (byte)message.Length,
            .. message,
        ];

    /// <summary>What the call ended with.</summary>
    /// <param name="signal">Trace, Logs or Metrics.</param>
    public async Task<(StatusCode Status, string Message)> CallAsync(string signal, byte[] body, bool gzip = false)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"/opentelemetry.proto.collector.{signal.ToLowerInvariant()}.v1.{signal}Service/Export"
        )
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (gzip)
            request.Headers.Add("grpc-encoding", "gzip");
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        var headers = answer.TrailingHeaders.Contains("grpc-status") ? answer.TrailingHeaders : (HttpHeaders)answer.Headers;
        return (
            (StatusCode)int.Parse(headers.GetValues("grpc-status").Single(), System.Globalization.CultureInfo.InvariantCulture),
            headers.TryGetValues("grpc-message", out var told) ? string.Concat(told) : ""
        );
    }

    public void Dispose() => _http.Dispose();
}
