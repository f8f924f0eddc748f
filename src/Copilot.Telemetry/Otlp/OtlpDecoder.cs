using Copilot.Telemetry.Intake;

namespace Copilot.Telemetry.Otlp;

/// <summary>
/// Reads OTLP export requests, from the wire straight to rows. A body that cannot be read throws <see cref="OtlpFormatException"/>;
/// an item that breaks the protocol's rules is counted in the batch's rejections, and the others are kept.
/// </summary>
public static class OtlpDecoder
{
    public static SpanBatch DecodeTraces(ReadOnlyMemory<byte> body, OtlpEncoding encoding, DecodeLimits limits) =>
        throw new NotSupportedException();

    public static LogBatch DecodeLogs(ReadOnlyMemory<byte> body, OtlpEncoding encoding, DecodeLimits limits) =>
        throw new NotSupportedException();

    public static MetricBatch DecodeMetrics(ReadOnlyMemory<byte> body, OtlpEncoding encoding, DecodeLimits limits) =>
        throw new NotSupportedException();
}
