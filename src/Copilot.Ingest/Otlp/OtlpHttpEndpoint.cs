using System.Globalization;
using System.Net.Mime;
using Copilot.Ingest.Monitoring;
using Copilot.Telemetry;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Copilot.Ingest.Otlp;

/// <summary>OTLP over HTTP: <c>POST /v1/traces</c>, <c>/v1/logs</c> and <c>/v1/metrics</c>, protobuf or JSON, plain or gzip.</summary>
internal sealed class OtlpHttpEndpoint(
    OtlpIntake intake,
    SenderKeys senders,
    IngestMonitor monitor,
    RefusalLog refusals,
    IngestOptions options
)
{
    /// <summary>Marks telemetry that a person brings in from files.</summary>
    public const string ImportedHeader = "X-Copilot-Imported";

    /// <summary>To who imports: how many items were there before.</summary>
    public const string KnownHeader = "X-Copilot-Known";

    private const string ProtobufType = "application/x-protobuf";

    public async Task HandleAsync(Signal signal, HttpContext http)
    {
        var encoding = Encoding(http.Request.ContentType);
        IntakeReply reply;
        if (senders.Recognize(http) is null)
        {
            reply = SenderKeys.Refusal(http);
        }
        else if (encoding is null)
        {
            reply = new IntakeReply(StatusCode.Unimplemented, "OTLP over HTTP is application/x-protobuf or application/json.");
        }
        else
        {
            reply = Compression(http.Request) is { } gzip
                ? await TakeAsync(signal, http, gzip, encoding.Value)
                : new IntakeReply(StatusCode.Unimplemented, "Content-Encoding is gzip or left out.");
        }

        await AnswerAsync(http, reply, signal, encoding ?? OtlpEncoding.Json);
    }

    private Task<IntakeReply> TakeAsync(Signal signal, HttpContext http, bool gzip, OtlpEncoding encoding)
    {
        // The limit is checked while reading, and answered in the protocol's words.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.BodyLimit + 1L;
        var imported = http.Request.Headers.ContainsKey(ImportedHeader);
        return http.Request.ContentLength > options.BodyLimit
            ? Task.FromResult(IntakeReply.TooLarge(options.BodyLimit))
            : intake.TakeAsync(signal, http.Request.Body, gzip, http.Request.ContentLength, encoding, imported, http.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext http, IntakeReply reply, Signal signal, OtlpEncoding encoding)
    {
        if (reply.Code != StatusCode.OK)
            monitor.Refuse(reply.HttpStatus);
        if (reply.Code == StatusCode.InvalidArgument)
            refusals.Note("HTTP", reply.Message);
        http.Response.StatusCode = reply.HttpStatus;
        http.Response.ContentType = encoding == OtlpEncoding.Protobuf ? ProtobufType : MediaTypeNames.Application.Json;
        if (http.Request.Headers.ContainsKey(ImportedHeader))
            http.Response.Headers[KnownHeader] = reply.Known.ToString(CultureInfo.InvariantCulture);
        if (reply.RetryAfter is { } delay)
            http.Response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (reply.Code == StatusCode.Unauthenticated)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        var body = ReplyBody.Write(reply, signal, encoding);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static OtlpEncoding? Encoding(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        if (type.Equals(ProtobufType, StringComparison.OrdinalIgnoreCase))
            return OtlpEncoding.Protobuf;
        return type.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) ? OtlpEncoding.Json : null;
    }

    private static bool? Compression(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString() switch
        {
            "" or "identity" => false,
            var name when name.Equals("gzip", StringComparison.OrdinalIgnoreCase) => true,
            _ => null,
        };
}
