using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace Copilot.Benchmarks.Load;

/// <summary>Sends requests over many connections, as fast as they are acknowledged; who is asked to wait, waits and sends again.</summary>
internal sealed class LoadSender(Uri http, Uri grpc, int senders)
{
    public async Task<TimeSpan> SendAsync(
        IReadOnlyList<(byte[] Body, int Spans)> requests,
        LoadShape shape,
        CancellationToken cancellationToken
    )
    {
        var bodies = requests
            .Select(request =>
                shape switch
                {
                    LoadShape.HttpGzip => Compress(request.Body),
                    LoadShape.Grpc => Frame(request.Body, packed: false),
                    LoadShape.GrpcGzip => Frame(Compress(request.Body), packed: true),
                    _ => request.Body,
                }
            )
            .ToArray();
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = senders, EnableMultipleHttp2Connections = true };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(5) };
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(SendAllAsync, cancellationToken)));
        return Stopwatch.GetElapsedTime(started);

        async Task SendAllAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < bodies.Length; i = Interlocked.Increment(ref next))
                await SendOneAsync(client, bodies[i], shape, cancellationToken);
        }
    }

    private async Task SendOneAsync(HttpClient client, byte[] body, LoadShape shape, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var request = Request(body, shape);
            using var response = await client.SendAsync(request, cancellationToken);
            await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var status = IsGrpc(shape) ? GrpcStatus(response) : (int)response.StatusCode;
            if (status is 0 or 200)
                return;
            if (status is not (429 or 503 or 8 or 14))
                throw new InvalidOperationException($"The server answered {status} to a request of the bench.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private HttpRequestMessage Request(byte[] body, LoadShape shape)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, IsGrpc(shape) ? grpc : http) { Content = new ByteArrayContent(body) };
        if (IsGrpc(shape))
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            if (shape == LoadShape.GrpcGzip)
                request.Headers.Add("grpc-encoding", "gzip");
            return request;
        }

        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        if (shape == LoadShape.HttpGzip)
            request.Content.Headers.ContentEncoding.Add("gzip");
        return request;
    }

    private static int GrpcStatus(HttpResponseMessage response)
    {
        var told =
            response.TrailingHeaders.TryGetValues("grpc-status", out var values)
            || response.Headers.TryGetValues("grpc-status", out values);
        return told && int.TryParse(values!.First(), System.Globalization.CultureInfo.InvariantCulture, out var status) ? status : -1;
    }

    private static byte[] Compress(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(body);
        return compressed.ToArray();
    }

    private static bool IsGrpc(LoadShape shape) => shape is LoadShape.Grpc or LoadShape.GrpcGzip;

    private static byte[] Frame(byte[] body, bool packed)
    {
        var framed = new byte[body.Length + 5];
        framed[0] = packed ? (byte)1 : (byte)0;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), body.Length);
        body.CopyTo(framed, 5);
        return framed;
    }
}
