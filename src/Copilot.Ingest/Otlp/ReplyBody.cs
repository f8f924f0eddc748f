using System.Globalization;
using System.Text.Json.Nodes;
using Copilot.Ingest.Admission;
using Copilot.Telemetry;
using Copilot.Telemetry.Otlp.Protobuf;
using Copilot.Telemetry.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Copilot.Ingest.Otlp;

/// <summary>Replies as OTLP writes them: an Export…ServiceResponse, or a google.rpc.Status with its details.</summary>
internal static class ReplyBody
{
    private const string BadRequestType = "type.googleapis.com/google.rpc.BadRequest";
    private const string RetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";

    public static byte[] Write(IntakeReply reply, Signal signal, OtlpEncoding encoding) =>
        (reply.Code, encoding) switch
        {
            (StatusCode.OK, OtlpEncoding.Protobuf) => SuccessProtobuf(reply),
            (StatusCode.OK, _) => Json(SuccessJson(reply, signal)),
            (_, OtlpEncoding.Protobuf) => StatusProtobuf(reply),
            _ => Json(StatusJson(reply)),
        };

    /// <summary>Also what gRPC carries in <c>grpc-status-details-bin</c>.</summary>
    public static byte[] StatusProtobuf(IntakeReply reply)
    {
        var status = new ProtobufOutput()
            .Varint(RpcStatusFields.Status.Code, (int)reply.Code)
            .Text(RpcStatusFields.Status.Message, reply.Message);
        if (reply.Code == StatusCode.InvalidArgument)
        {
            var violation = new ProtobufOutput()
                .Text(RpcStatusFields.FieldViolation.Field, "body")
                .Text(RpcStatusFields.FieldViolation.Description, reply.Message);
            status.Message(
                RpcStatusFields.Status.Details,
                Any(BadRequestType, new ProtobufOutput().Message(RpcStatusFields.BadRequest.FieldViolations, violation))
            );
        }

        if (reply.RetryAfter is { } delay)
        {
            var duration = new ProtobufOutput()
                .Varint(RpcStatusFields.Duration.Seconds, (long)delay.TotalSeconds)
                .Varint(RpcStatusFields.Duration.Nanos, delay.Ticks % TimeSpan.TicksPerSecond * 100);
            status.Message(
                RpcStatusFields.Status.Details,
                Any(RetryInfoType, new ProtobufOutput().Message(RpcStatusFields.RetryInfo.RetryDelay, duration))
            );
        }

        return status.ToArray();
    }

    /// <summary>Nothing at all when everything was taken, as the specification has it.</summary>
    private static byte[] SuccessProtobuf(IntakeReply reply) =>
        reply is { Rejected: 0, Message: "" }
            ? []
            : new ProtobufOutput()
                .Message(
                    OtlpFields.ExportResponse.PartialSuccess,
                    new ProtobufOutput()
                        .Varint(OtlpFields.PartialSuccess.Rejected, reply.Rejected)
                        .Text(OtlpFields.PartialSuccess.ErrorMessage, reply.Message)
                )
                .ToArray();

    private static JsonObject SuccessJson(IntakeReply reply, Signal signal) =>
        reply is { Rejected: 0, Message: "" }
            ? []
            : new JsonObject
            {
                ["partialSuccess"] = new JsonObject
                {
                    [signal.RejectedName()] = reply.Rejected.ToString(CultureInfo.InvariantCulture),
                    ["errorMessage"] = reply.Message,
                },
            };

    private static JsonObject StatusJson(IntakeReply reply)
    {
        var details = new JsonArray();
        if (reply.Code == StatusCode.InvalidArgument)
        {
            details.Add(
                new JsonObject
                {
                    ["@type"] = BadRequestType,
                    ["fieldViolations"] = new JsonArray(new JsonObject { ["field"] = "body", ["description"] = reply.Message }),
                }
            );
        }

        if (reply.RetryAfter is { } delay)
            details.Add(
                new JsonObject
                {
                    ["@type"] = RetryInfoType,
                    ["retryDelay"] = delay.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + "s",
                }
            );
        return new JsonObject
        {
            ["code"] = (int)reply.Code,
            ["message"] = reply.Message,
            ["details"] = details,
        };
    }

    private static ProtobufOutput Any(string type, ProtobufOutput value) =>
        new ProtobufOutput().Text(RpcStatusFields.Any.TypeUrl, type).Message(RpcStatusFields.Any.Value, value);

    private static byte[] Json(JsonObject value) => System.Text.Encoding.UTF8.GetBytes(value.ToJsonString());
}

/// <summary>What the sender of a request is told, before it is put into HTTP's or gRPC's words.</summary>
/// <param name="Code">gRPC's status code; <see cref="StatusCode.OK"/> when the request was taken, in whole or in part.</param>
/// <param name="Message">Why something was not taken; empty when all was.</param>
/// <param name="Rejected">Items of a taken request that were not.</param>
/// <param name="RetryAfter">When to try again; null: trying again does not help.</param>
internal sealed record IntakeReply(StatusCode Code, string Message = "", long Rejected = 0, TimeSpan? RetryAfter = null)
{
    public static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(2);

    /// <summary>The status that HTTP's server gives a request whose framing is broken; null: the one that fits the code.</summary>
    public int? OwnStatus { get; init; }

    /// <summary>Items that were there before, and are there once now.</summary>
    public int Known { get; init; }

    public static IntakeReply Accepted { get; } = new(StatusCode.OK);

    public static IntakeReply NoKey { get; } =
        new(
            StatusCode.Unauthenticated,
            "Senders on other machines need a key: set Ingest__Keys__NAME and send it as Authorization: Bearer."
        );

    public static IntakeReply WrongKey { get; } =
        new(StatusCode.Unauthenticated, "The key that was sent is none of this copilot's: its own are those of Ingest__Keys__NAME.");

    public static IntakeReply Invalid(string message) => new(StatusCode.InvalidArgument, message);

    public static IntakeReply TooLarge(long limit) =>
        new(
            StatusCode.ResourceExhausted,
            $"The request is larger than {WrittenAmount.OfBytes(limit)} (Ingest__BodyLimit) after decompression: send smaller batches."
        );

    public static IntakeReply Busy { get; } =
        new(StatusCode.ResourceExhausted, "More telemetry arrives than the store can take. Send it again later.", RetryAfter: BusyDelay);

    public static IntakeReply Unavailable(string message, TimeSpan retryAfter) =>
        new(StatusCode.Unavailable, message, RetryAfter: retryAfter);

    /// <summary>What is answered where a body could not be read; null where it is not the body's fault.</summary>
    /// <param name="limit">The largest body, in bytes.</param>
    public static IntakeReply? OfUnreadable(Exception failure, long limit) =>
        failure switch
        {
            BodyTooLargeException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(limit),
            BodyMemoryExhaustedException => Busy,
            BadHttpRequestException broken => Invalid($"The request's body cannot be read: {broken.Message}") with
            {
                OwnStatus = broken.StatusCode,
            },
            InvalidDataException broken => Invalid(broken.Message),
            _ => null,
        };

    /// <summary>HTTP's status for the same thing.</summary>
    public int HttpStatus =>
        OwnStatus
        ?? Code switch
        {
            StatusCode.OK => 200,
            StatusCode.InvalidArgument => 400,
            StatusCode.Unauthenticated => 401,
            StatusCode.PermissionDenied => 403,
            StatusCode.ResourceExhausted => RetryAfter is null ? 413 : 429,
            StatusCode.Unavailable => 503,
            // The sender is gone and hears none of it; this is what proxies count it as.
            StatusCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
            StatusCode.Unimplemented => 415,
            _ => 500,
        };
}
