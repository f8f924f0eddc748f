using Copilot.Ingest.Admission;
using Copilot.Ingest.Monitoring;
using Copilot.Store.Intake;
using Copilot.Telemetry;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Records;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Copilot.Ingest.Otlp;

/// <summary>Takes one export request, whichever way it came: decodes it, decides what is stored, and answers once that is
/// durable.</summary>
internal sealed class OtlpIntake(
    ITelemetryWriter writer,
    SpanAdmission admission,
    BodyMemory memory,
    IngestMonitor monitor,
    IngestOptions options,
    TimeProvider time,
    ILogger<OtlpIntake> logger
)
{
    private static readonly TimeSpan DownDelay = TimeSpan.FromSeconds(5);

    /// <summary>Reads the body and takes it.</summary>
    /// <param name="expected">The length that the sender announced, or null.</param>
    public async Task<IntakeReply> TakeAsync(
        Signal signal,
        Stream stream,
        bool gzip,
        long? expected,
        OtlpEncoding encoding,
        bool imported,
        CancellationToken cancellationToken
    )
    {
        using var share = new BodyShare(memory);
        return await TakeAsync(
            signal,
            () => RequestBody.ReadAsync(stream, gzip, expected, options.BodyLimit, share, cancellationToken),
            encoding,
            imported
        );
    }

    /// <summary>Takes a body that the protocol has its own way of reading.</summary>
    public async Task<IntakeReply> TakeAsync(Signal signal, Func<Task<RequestBody>> read, OtlpEncoding encoding, bool imported)
    {
        // Before the body is read: a sender that has to wait costs nothing.
        if (writer.PendingItems >= options.PushBackFrom)
            return IntakeReply.Busy;
        try
        {
            using var body = await read();
            return await TakeAsync(signal, body, encoding, imported);
        }
        catch (Exception failure) when (IntakeReply.OfUnreadable(failure, options.BodyLimit) is { } refusal)
        {
            return refusal;
        }
    }

    private async Task<IntakeReply> TakeAsync(Signal signal, RequestBody body, OtlpEncoding encoding, bool imported)
    {
        monitor.Of(signal).Request(body.Bytes.Length);
        if (encoding == OtlpEncoding.Json && MisdirectedBody.Told(body.Bytes.Span, signal) is { } told)
        {
            monitor.Mistakes.Note(told);
            return IntakeReply.Invalid(told);
        }

        try
        {
            return signal switch
            {
                Signal.Traces => await TakeTracesAsync(Decode(body, encoding, OtlpDecoder.DecodeTraces), imported),
                Signal.Logs => await TakeAsync(
                    signal,
                    Decode(body, encoding, OtlpDecoder.DecodeLogs),
                    imported,
                    batch => writer.WriteAsync(batch, CancellationToken.None)
                ),
                _ => await TakeAsync(
                    signal,
                    Decode(body, encoding, OtlpDecoder.DecodeMetrics),
                    imported,
                    batch => writer.WriteAsync(batch, CancellationToken.None)
                ),
            };
        }
        catch (OtlpFormatException failure)
        {
            return IntakeReply.Invalid(failure.Message);
        }
        catch (UnstorableTelemetryException failure)
        {
            return IntakeReply.Invalid(failure.Message);
        }
        catch (StoreUnavailableException failure)
        {
            return IntakeReply.Unavailable(failure.Message, DownDelay);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "A request of {Signal} could not be taken.", signal);
            return new IntakeReply(StatusCode.Internal, "The copilot failed to take this request; its log says why.");
        }
    }

    /// <summary>The rows are what is waited with, not the body: its bytes go back at once.</summary>
    private TBatch Decode<TBatch>(
        RequestBody body,
        OtlpEncoding encoding,
        Func<ReadOnlyMemory<byte>, OtlpEncoding, DecodeLimits, TBatch> decode
    )
        where TBatch : TelemetryBatch
    {
        var batch = decode(body.Bytes, encoding, new DecodeLimits { Times = TimeBounds.At(time.GetUtcNow()) });
        body.Dispose();
        return batch;
    }

    private Task<IntakeReply> TakeTracesAsync(SpanBatch decoded, bool imported) =>
        TakeAsync(
            Signal.Traces,
            decoded,
            imported,
            batch =>
            {
                admission.Apply(batch, writer.PendingItems);
                return writer.WriteAsync(batch, CancellationToken.None);
            }
        );

    private async Task<IntakeReply> TakeAsync<TBatch>(Signal signal, TBatch decoded, bool imported, Func<TBatch, Task<WriteResult>> write)
        where TBatch : TelemetryBatch
    {
        using var batch = decoded;
        batch.Imported = imported;
        var known = 0;
        if (batch.Count > 0)
        {
            // Never cancelled: the writer reads the batch's memory until it is done, and a sender that left will send it again.
            var written = await write(batch);
            monitor.Of(signal).Written(written.Received, written.Stored, written.Duplicates, written.Shed);
            known = written.Duplicates;
            monitor.Took();
        }

        if (batch.Rejections.IsEmpty)
            return IntakeReply.Accepted with { Known = known };
        monitor.Of(signal).Reject(batch.Rejections.Count);
        return new IntakeReply(StatusCode.OK, batch.Rejections.ToString(), batch.Rejections.Count) { Known = known };
    }
}
