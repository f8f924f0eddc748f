using Copilot.Ingest.Monitoring;
using Copilot.Telemetry;
using Grpc.Core;

namespace Copilot.Ingest.Otlp;

/// <summary>
/// OTLP over gRPC. Its three unary methods are taken as streams of one message, which is the same on the wire: a stream's handler is asked
/// before the message is read, so a sender that may not send, or has to wait, costs nothing.
/// </summary>
internal sealed class OtlpGrpcService(OtlpIntake intake, SenderKeys senders, IngestMonitor monitor, RefusalLog refusals)
{
    private static readonly Marshaller<RequestBody> Requests = Marshallers.Create<RequestBody>(
        static (_, _) => throw new NotSupportedException("Requests are only read."),
        static message => RequestBody.Of(message.PayloadAsReadOnlySequence())
    );

    private static readonly Marshaller<byte[]> Replies = Marshallers.Create(static reply => reply, static reply => reply);

    public ServerServiceDefinition Define()
    {
        var definition = ServerServiceDefinition.CreateBuilder();
        foreach (var signal in SignalNames.All)
        {
            definition.AddMethod(
                new Method<RequestBody, byte[]>(MethodType.ClientStreaming, signal.GrpcService(), "Export", Requests, Replies),
                (messages, call) => ExportAsync(signal, messages, call)
            );
        }

        return definition.Build();
    }

    private async Task<byte[]> ExportAsync(Signal signal, IAsyncStreamReader<RequestBody> messages, ServerCallContext call)
    {
        var reply = senders.Recognize(call.GetHttpContext()) is null
            ? SenderKeys.Refusal(call.GetHttpContext())
            : await TakeAsync(signal, messages, call);
        if (reply.Code == StatusCode.OK)
            return ReplyBody.Write(reply, signal, OtlpEncoding.Protobuf);
        monitor.Refuse(reply.HttpStatus);
        if (reply is { Code: not StatusCode.Unauthenticated, RetryAfter: null })
            refusals.Note("gRPC", reply.Message);
        throw new RpcException(
            new Status(reply.Code, reply.Message),
            new Metadata { { "grpc-status-details-bin", ReplyBody.StatusProtobuf(reply) } }
        );
    }

    private async Task<IntakeReply> TakeAsync(Signal signal, IAsyncStreamReader<RequestBody> messages, ServerCallContext call)
    {
        try
        {
            return await intake.TakeAsync(signal, () => ReadAsync(messages, call), OtlpEncoding.Protobuf, imported: false);
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.Unimplemented)
        {
            return new IntakeReply(StatusCode.Unimplemented, "grpc-encoding is gzip or identity.");
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.Internal)
        {
            // The library blames itself for frames that are none.
            return IntakeReply.Invalid($"The message's frame is broken: {refused.Status.Detail}");
        }
        catch (RpcException refused)
        {
            return new IntakeReply(refused.StatusCode, refused.Status.Detail);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            return new IntakeReply(StatusCode.Cancelled, "The sender broke off.");
        }
    }

    private static async Task<RequestBody> ReadAsync(IAsyncStreamReader<RequestBody> messages, ServerCallContext call)
    {
        try
        {
            if (!await messages.MoveNext(call.CancellationToken))
                throw new RpcException(new Status(StatusCode.Internal, "The request holds no message."));
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.ResourceExhausted)
        {
            throw new BodyTooLargeException();
        }

        // Unpacked, it may be more than what was read.
        MeteredBody.Of(call.GetHttpContext()).Share.Hold(messages.Current.Bytes.Length);
        return messages.Current;
    }
}
