using System.Globalization;
using System.Text.Json;
using Copilot.Telemetry.Assembly;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Otlp.Json;
using Copilot.Telemetry.Otlp.Protobuf;

namespace Copilot.Telemetry;

/// <summary>
/// Reads OTLP export requests, from the wire straight to rows. A body that cannot be read throws <see cref="OtlpFormatException"/>;
/// an item that breaks the protocol's rules is counted in the batch's rejections, and the others are kept.
/// </summary>
public static class OtlpDecoder
{
    public static SpanBatch DecodeTraces(ReadOnlyMemory<byte> body, OtlpEncoding encoding, DecodeLimits limits)
    {
        var batch = new SpanBatch { ContentHash = BatchAssembler.Hash(body.Span) };
        using var assembler = new SpanAssembler(batch, limits);
        return Decode(
            batch,
            body.Span,
            assembler,
            encoding,
            ProtobufTraces.ReadSpan,
            JsonTraces.ReadSpan,
            new()
            {
                Resources = "resourceSpans"u8,
                Scopes = "scopeSpans"u8,
                Items = "spans"u8,
            }
        );
    }

    public static LogBatch DecodeLogs(ReadOnlyMemory<byte> body, OtlpEncoding encoding, DecodeLimits limits)
    {
        var batch = new LogBatch { ContentHash = BatchAssembler.Hash(body.Span) };
        using var assembler = new LogAssembler(batch, limits);
        return Decode(
            batch,
            body.Span,
            assembler,
            encoding,
            ProtobufLogs.ReadRecord,
            JsonLogs.ReadRecord,
            new()
            {
                Resources = "resourceLogs"u8,
                Scopes = "scopeLogs"u8,
                Items = "logRecords"u8,
            }
        );
    }

    public static MetricBatch DecodeMetrics(ReadOnlyMemory<byte> body, OtlpEncoding encoding, DecodeLimits limits)
    {
        var batch = new MetricBatch { ContentHash = BatchAssembler.Hash(body.Span) };
        using var assembler = new MetricAssembler(batch, limits);
        return Decode(
            batch,
            body.Span,
            assembler,
            encoding,
            ProtobufMetrics.ReadMetric,
            JsonMetrics.ReadMetric,
            new()
            {
                Resources = "resourceMetrics"u8,
                Scopes = "scopeMetrics"u8,
                Items = "metrics"u8,
            }
        );
    }

    private static TBatch Decode<TBatch, TAssembler>(
        TBatch batch,
        ReadOnlySpan<byte> body,
        TAssembler assembler,
        OtlpEncoding encoding,
        ProtobufEnvelope.ItemReader<TAssembler> readProtobuf,
        JsonEnvelope.ItemReader<TAssembler> readJson,
        JsonEnvelope.Names names
    )
        where TBatch : TelemetryBatch
        where TAssembler : BatchAssembler
    {
        try
        {
            if (encoding == OtlpEncoding.Protobuf)
                ProtobufEnvelope.Read(body, assembler, readProtobuf);
            else
                JsonEnvelope.Read(body, names, assembler, readJson);
            assembler.CompleteBody();
            return batch;
        }
        catch (JsonException exception)
        {
            batch.Dispose();
            var (line, column) = (exception.LineNumber + 1, exception.BytePositionInLine + 1);
            throw new OtlpFormatException(
                string.Create(CultureInfo.InvariantCulture, $"The body is no JSON: it breaks at line {line}, byte {column}."),
                exception.BytePositionInLine ?? 0,
                exception
            );
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }
}

/// <summary>How an OTLP request's body is written.</summary>
public enum OtlpEncoding
{
    Protobuf,
    Json,
}

/// <summary>A body that cannot be decoded at all; the message is for the sender and says what was wrong where. Sending it again does not
/// help.</summary>
public sealed class OtlpFormatException : FormatException
{
    public OtlpFormatException() { }

    public OtlpFormatException(string message)
        : base(message) { }

    public OtlpFormatException(string message, Exception innerException)
        : base(message, innerException) { }

    public OtlpFormatException(string message, long offset, Exception? innerException = null)
        : base(message, innerException) => Offset = offset;

    /// <summary>The byte at which reading stopped.</summary>
    public long Offset { get; }
}
