using System.Globalization;
using System.Net.Mime;
using System.Text;
using Copilot.Ingest.Admission;
using Copilot.Ingest.Monitoring;
using Copilot.Telemetry;
using Copilot.Telemetry.Import;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Copilot.Ingest.Otlp;

/// <summary>
/// <c>POST /api/v2/spans</c> as Zipkin's reporters send it, and <c>POST /api/traces</c> as Jaeger exports them: JSON, plain or gzip,
/// answered with 202. It is made into an OTLP request and
/// goes the same way as those: counted, deduplicated, shed and pushed back alike.
/// </summary>
internal sealed class ZipkinEndpoint(OtlpIntake intake, SenderKeys senders, BodyMemory memory, IngestMonitor monitor, IngestOptions options)
{
    public const string Path = "/api/v2/spans";

    /// <summary>Where Jaeger's collectors take traces, and where its own interface gives them out as JSON.</summary>
    public const string JaegerPath = "/api/traces";

    public async Task HandleAsync(HttpContext http)
    {
        var reply = await TakeAsync(http);
        if (reply.Code != StatusCode.OK)
            monitor.Refuse(reply.HttpStatus);
        http.Response.StatusCode = reply.Code == StatusCode.OK ? StatusCodes.Status202Accepted : reply.HttpStatus;
        if (reply.RetryAfter is { } delay)
            http.Response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (reply.Code == StatusCode.Unauthenticated)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        http.Response.ContentType = MediaTypeNames.Text.Plain;
        // Zipkin knows no partial success; what was dropped is said all the same.
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(reply.Message), http.RequestAborted);
    }

    private async Task<IntakeReply> TakeAsync(HttpContext http)
    {
        if (senders.Recognize(http) is null)
            return SenderKeys.Refusal(http);
        if (http.Request.ContentType?.StartsWith(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) != true)
            return new IntakeReply(
                StatusCode.Unimplemented,
                IsJaeger(http)
                    ? "Jaeger's traces are taken as application/json, as its own interface exports them; what sends Thrift can send OTLP."
                    : "Zipkin's spans are taken as application/json, version 2."
            );
        var packing = http.Request.Headers.ContentEncoding.ToString();
        if (packing is not ("" or "identity" or "gzip"))
            return new IntakeReply(StatusCode.Unimplemented, "Content-Encoding is gzip or left out.");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.BodyLimit + 1L;
        try
        {
            if (await TranslateAsync(http, packing == "gzip") is not { } otlp)
                return IntakeReply.Accepted;
            using var translated = new MemoryStream(otlp, writable: false);
            return await intake.TakeAsync(
                Signal.Traces,
                translated,
                gzip: false,
                otlp.Length,
                OtlpEncoding.Json,
                imported: false,
                http.RequestAborted
            );
        }
        catch (OtlpFormatException failure)
        {
            return IntakeReply.Invalid(failure.Message);
        }
        catch (Exception failure) when (IntakeReply.OfUnreadable(failure, options.BodyLimit) is { } refusal)
        {
            return refusal;
        }
    }

    private static bool IsJaeger(HttpContext http) => http.Request.Path == JaegerPath;

    /// <summary>The request in OTLP's JSON; null where it holds no spans.</summary>
    private async Task<byte[]?> TranslateAsync(HttpContext http, bool gzip)
    {
        using var share = new BodyShare(memory);
        using var body = await RequestBody.ReadAsync(
            http.Request.Body,
            gzip,
            http.Request.ContentLength,
            options.BodyLimit,
            share,
            http.RequestAborted
        );
        var text = body.Bytes.Span.Trim(" \t\r\n"u8);
        if (IsJaeger(http))
        {
            return ImportedTraces.ToOtlp(body.Bytes)
                ?? throw new InvalidDataException("The body holds no traces as Jaeger exports them: {\"data\": [{\"traceID\": …}]}.");
        }

        if (text.IsEmpty || text[0] != (byte)'[')
            throw new InvalidDataException("The body is no array of Zipkin's spans.");
        if (text[1..].TrimStart(" \t\r\n"u8) is [(byte)']'])
            return null;
        return ImportedTraces.ToOtlp(body.Bytes)
            ?? throw new InvalidDataException("No item of the array is a span of Zipkin's version 2: those have a traceId and an id.");
    }
}
