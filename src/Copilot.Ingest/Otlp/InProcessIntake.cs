using System.Net;
using Copilot.Telemetry;

namespace Copilot.Ingest.Otlp;

/// <summary>
/// The intake for an exporter in this very process: its OTLP requests (protobuf, traces) are taken as any sender's are, without a socket
/// between. The status of the answer is what OTLP over HTTP says, so that the exporter knows what to send again and what to drop.
/// </summary>
public sealed class InProcessIntake : HttpMessageHandler
{
    private readonly OtlpIntake _intake;

    internal InProcessIntake(OtlpIntake intake) => this._intake = intake;

    // The exporter sends from a thread of its own that waits for each batch.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await using var body = request.Content is null ? Stream.Null : await request.Content.ReadAsStreamAsync(cancellationToken);
        var reply = await _intake.TakeAsync(
            Signal.Traces,
            body,
            gzip: false,
            request.Content?.Headers.ContentLength,
            OtlpEncoding.Protobuf,
            imported: false,
            cancellationToken
        );
        return new HttpResponseMessage((HttpStatusCode)reply.HttpStatus);
    }
}
