using System.Globalization;
using System.Text.Json.Nodes;
using Copilot.Telemetry.Otlp;
using Copilot.Telemetry.Otlp.Protobuf;
using Grpc.Core;

namespace Copilot.Ingest.Otlp;

/// <summary>Replies as OTLP writes them: an Export…ServiceResponse, or a google.rpc.Status with its details.</summary>
internal static class ReplyBody
{
    private const string BadRequestType = "type.googleapis.com/google.rpc.BadRequest";
    private const string RetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";

    public static byte[] Write(IntakeReply reply, Signal signal, OtlpEncoding encoding) => (reply.Code, encoding) switch
    {
        (StatusCode.OK, OtlpEncoding.Protobuf) => SuccessProtobuf(reply),
        (StatusCode.OK, _) => Json(SuccessJson(reply, signal)),
        (_, OtlpEncoding.Protobuf) => StatusProtobuf(reply),
        _ => Json(StatusJson(reply)),
    };

    /// <summary>Also what gRPC carries in <c>grpc-status-details-bin</c>.</summary>
    public static byte[] StatusProtobuf(IntakeReply reply)
    {
        var status = new ProtobufOutput().Varint(1, (int)reply.Code).Text(2, reply.Message);
        if (reply.Code == StatusCode.InvalidArgument)
        {
            var violation = new ProtobufOutput().Text(1, "body").Text(2, reply.Message);
            status.Message(3, Any(BadRequestType, new ProtobufOutput().Message(1, violation)));
        }

        if (reply.RetryAfter is { } delay)
        {
            var duration = new ProtobufOutput().Varint(1, (long)delay.TotalSeconds).Varint(2, delay.Ticks % TimeSpan.TicksPerSecond * 100);
            status.Message(3, Any(RetryInfoType, new ProtobufOutput().Message(1, duration)));
        }

        return status.ToArray();
    }

    /// <summary>Nothing at all when everything was taken, as the specification has it.</summary>
    private static byte[] SuccessProtobuf(IntakeReply reply) =>
        reply is { Rejected: 0, Message: "" }
            ? []
            : new ProtobufOutput().Message(1, new ProtobufOutput().Varint(1, reply.Rejected).Text(2, reply.Message)).ToArray();

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
            details.Add(new JsonObject
            {
                ["@type"] = BadRequestType,
                ["fieldViolations"] = new JsonArray(new JsonObject { ["field"] = "body", ["description"] = reply.Message }),
            });
        }

        if (reply.RetryAfter is { } delay)
            details.Add(new JsonObject { ["@type"] = RetryInfoType, ["retryDelay"] = delay.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + "s" });
        return new JsonObject { ["code"] = (int)reply.Code, ["message"] = reply.Message, ["details"] = details };
    }

    private static ProtobufOutput Any(string type, ProtobufOutput value) => new ProtobufOutput().Text(1, type).Message(2, value);

    private static byte[] Json(JsonObject value) => System.Text.Encoding.UTF8.GetBytes(value.ToJsonString());
}
