using System.Globalization;
using System.Text;
using Copilot.Ingest.Monitoring;
using Copilot.Ingest.Otlp;
using Copilot.Ingest.Senders;
using Copilot.Telemetry.Otlp;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Copilot.Ingest.Grpc;

/// <summary>OTLP over gRPC: three unary methods, spoken on HTTP/2 by hand, since that is all a receiver needs of gRPC.</summary>
internal sealed class OtlpGrpcEndpoint(OtlpIntake intake, SenderKeys senders, IngestMonitor monitor, IngestOptions options)
{
    private const string ContentType = "application/grpc";

    public async Task HandleAsync(Signal signal, HttpContext http)
    {
        if (!IsGrpc(http.Request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        if (!HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            http.Response.Headers.Upgrade = "HTTP/2";
            return;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = options.BodyLimit + GrpcFrame.HeadLength + 1L;
        // The length after decompression is what is limited; a slow sender is gRPC's own deadline's matter.
        if (http.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        await AnswerAsync(http, signal, await TakeAsync(signal, http));
    }

    private async Task<IntakeReply> TakeAsync(Signal signal, HttpContext http)
    {
        if (senders.Recognize(http) is null)
            return new IntakeReply(StatusCode.Unauthenticated, "Senders on other machines need a key: set Ingest__Keys__NAME and send it as authorization: Bearer.");
        var encoding = http.Request.Headers["grpc-encoding"].ToString();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            http.Response.Headers["grpc-accept-encoding"] = "identity,gzip";
            return new IntakeReply(StatusCode.Unimplemented, "grpc-encoding is gzip or identity.");
        }

        try
        {
            if (await GrpcFrame.ReadHeadAsync(http.Request.Body, http.RequestAborted) is not { } head)
                return new IntakeReply(StatusCode.Internal, "The request holds no message.");
            if (head.Length > options.BodyLimit) return IntakeReply.TooLarge(options.BodyLimit);
            if (head.Compressed && encoding != "gzip") return new IntakeReply(StatusCode.Internal, "The message is compressed, and grpc-encoding does not say how.");
            var message = new FrameStream(http.Request.Body, head.Length);
            return await intake.TakeAsync(signal, message, head.Compressed, head.Length, OtlpEncoding.Protobuf, imported: false, http.RequestAborted);
        }
        catch (InvalidDataException failure)
        {
            return new IntakeReply(StatusCode.Internal, failure.Message);
        }
    }

    private async Task AnswerAsync(HttpContext http, Signal signal, IntakeReply reply)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = ContentType;
        if (reply.Code == StatusCode.Ok)
        {
            await http.Response.Body.WriteAsync(GrpcFrame.Write(ReplyBody.Write(reply, signal, OtlpEncoding.Protobuf)), http.RequestAborted);
        }
        else
        {
            monitor.Refuse(reply.HttpStatus);
        }

        http.Response.AppendTrailer("grpc-status", ((int)reply.Code).ToString(CultureInfo.InvariantCulture));
        if (reply.Code == StatusCode.Ok) return;
        http.Response.AppendTrailer("grpc-message", Percent(reply.Message));
        http.Response.AppendTrailer("grpc-status-details-bin", Convert.ToBase64String(ReplyBody.StatusProtobuf(reply)).TrimEnd('='));
    }

    private static bool IsGrpc(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && contentType[ContentType.Length..] is "" or "+proto" or ['+', 'p', 'r', 'o', 't', 'o', ';', ..] or [';', ..];

    /// <summary>A message as gRPC's header takes it: printable ASCII as it is, the rest as %XX of its UTF-8.</summary>
    private static string Percent(string text)
    {
        var written = new StringBuilder(text.Length);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (value is >= 0x20 and <= 0x7e and not (byte)'%') written.Append((char)value);
            else written.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return written.ToString();
    }
}
