using Copilot.Telemetry.Assembly;
using Copilot.Telemetry.Intake;

namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>Reads Metric messages: name and unit, then the points of whichever shape it has.</summary>
internal static class ProtobufMetrics
{
    private const uint Points = (OtlpFields.MetricData.DataPoints << 3) | WireType.Bytes;

    public static void ReadMetric(scoped ref ProtobufReader metric, MetricAssembler assembler)
    {
        ReadOnlySpan<byte> name = default;
        ReadOnlySpan<byte> unit = default;
        ProtobufReader data = default;
        MetricKind? kind = null;
        while (metric.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (OtlpFields.Metric.Name << 3) | WireType.Bytes:
                    name = metric.ReadBytes();
                    break;
                case (OtlpFields.Metric.Unit << 3) | WireType.Bytes:
                    unit = metric.ReadBytes();
                    break;
                case (OtlpFields.Metric.Gauge << 3) | WireType.Bytes:
                    kind = MetricKind.Gauge;
                    data = metric.ReadMessage();
                    break;
                case (OtlpFields.Metric.Sum << 3) | WireType.Bytes:
                    kind = MetricKind.Sum;
                    data = metric.ReadMessage();
                    break;
                case (OtlpFields.Metric.Histogram << 3) | WireType.Bytes:
                    kind = MetricKind.Histogram;
                    data = metric.ReadMessage();
                    break;
                case (OtlpFields.Metric.ExponentialHistogram << 3) | WireType.Bytes:
                    kind = MetricKind.ExponentialHistogram;
                    data = metric.ReadMessage();
                    break;
                case (OtlpFields.Metric.Summary << 3) | WireType.Bytes:
                    kind = MetricKind.Summary;
                    data = metric.ReadMessage();
                    break;
                default:
                    metric.Skip(tag);
                    break;
            }
        }

        if (kind is not { } shape)
            return;
        assembler.BeginMetric(name, unit);
        ReadShape(data, shape, assembler);
        while (data.TryReadTag(out var tag))
        {
            if (tag == Points)
                ReadPoint(data.ReadMessage(), shape, assembler);
            else
                data.Skip(tag);
        }
    }

    private static void ReadShape(ProtobufReader data, MetricKind kind, MetricAssembler assembler)
    {
        long temporality = 0;
        var monotonic = false;
        while (kind is MetricKind.Sum or MetricKind.Histogram or MetricKind.ExponentialHistogram && data.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (OtlpFields.MetricData.AggregationTemporality << 3) | WireType.Varint:
                    temporality = (long)data.ReadVarint();
                    break;
                case (OtlpFields.MetricData.IsMonotonic << 3) | WireType.Varint when kind == MetricKind.Sum:
                    monotonic = data.ReadVarint() != 0;
                    break;
                default:
                    data.Skip(tag);
                    break;
            }
        }

        assembler.SetShape(kind, temporality, monotonic);
    }

    private static void ReadPoint(ProtobufReader point, MetricKind kind, MetricAssembler assembler)
    {
        assembler.BeginPoint();
        while (point.TryReadTag(out var tag))
        {
            // Times have the same numbers in every shape; the rest differs.
            switch (tag)
            {
                case (OtlpFields.DataPoint.StartTimeUnixNano << 3) | WireType.Fixed64:
                    assembler.SetStart(point.ReadFixed64());
                    break;
                case (OtlpFields.DataPoint.TimeUnixNano << 3) | WireType.Fixed64:
                    assembler.SetTime(point.ReadFixed64());
                    break;
                default:
                    switch (kind)
                    {
                        case MetricKind.Gauge or MetricKind.Sum:
                            ReadNumberField(ref point, tag, assembler);
                            break;
                        case MetricKind.Histogram:
                            ReadHistogramField(ref point, tag, assembler);
                            break;
                        case MetricKind.ExponentialHistogram:
                            ReadExponentialField(ref point, tag, assembler);
                            break;
                        default:
                            ReadSummaryField(ref point, tag, assembler);
                            break;
                    }

                    break;
            }
        }

        assembler.CompletePoint();
    }

    private static void ReadNumberField(scoped ref ProtobufReader point, uint tag, MetricAssembler assembler)
    {
        switch (tag)
        {
            case (OtlpFields.NumberDataPoint.AsDouble << 3) | WireType.Fixed64:
                assembler.SetValue(point.ReadDouble());
                break;
            case (OtlpFields.NumberDataPoint.AsInt << 3) | WireType.Fixed64:
                assembler.SetValue((long)point.ReadFixed64());
                break;
            case (OtlpFields.NumberDataPoint.Exemplars << 3) | WireType.Bytes:
                ReadExemplar(point.ReadMessage(), assembler);
                break;
            case (OtlpFields.NumberDataPoint.Attributes << 3) | WireType.Bytes:
                ProtobufAttributes.Read(ref point, assembler.Attributes);
                break;
            case (OtlpFields.NumberDataPoint.Flags << 3) | WireType.Varint:
                assembler.SetFlags((uint)point.ReadVarint());
                break;
            default:
                point.Skip(tag);
                break;
        }
    }

    private static void ReadHistogramField(scoped ref ProtobufReader point, uint tag, MetricAssembler assembler)
    {
        switch (tag)
        {
            case (OtlpFields.HistogramDataPoint.Count << 3) | WireType.Fixed64:
                assembler.SetCount(point.ReadFixed64());
                break;
            case (OtlpFields.HistogramDataPoint.Sum << 3) | WireType.Fixed64:
                assembler.SetSum(point.ReadDouble());
                break;
            case (OtlpFields.HistogramDataPoint.BucketCounts << 3) | WireType.Bytes
            or (OtlpFields.HistogramDataPoint.BucketCounts << 3) | WireType.Fixed64
            or (OtlpFields.HistogramDataPoint.ExplicitBounds << 3) | WireType.Bytes
            or (OtlpFields.HistogramDataPoint.ExplicitBounds << 3) | WireType.Fixed64:
                ProtobufBuckets.ReadExplicit(ref point, tag, assembler.Buckets);
                break;
            case (OtlpFields.HistogramDataPoint.Exemplars << 3) | WireType.Bytes:
                ReadExemplar(point.ReadMessage(), assembler);
                break;
            case (OtlpFields.HistogramDataPoint.Attributes << 3) | WireType.Bytes:
                ProtobufAttributes.Read(ref point, assembler.Attributes);
                break;
            case (OtlpFields.HistogramDataPoint.Flags << 3) | WireType.Varint:
                assembler.SetFlags((uint)point.ReadVarint());
                break;
            case (OtlpFields.HistogramDataPoint.Min << 3) | WireType.Fixed64:
                assembler.SetMin(point.ReadDouble());
                break;
            case (OtlpFields.HistogramDataPoint.Max << 3) | WireType.Fixed64:
                assembler.SetMax(point.ReadDouble());
                break;
            default:
                point.Skip(tag);
                break;
        }
    }

    private static void ReadExponentialField(scoped ref ProtobufReader point, uint tag, MetricAssembler assembler)
    {
        switch (tag)
        {
            case (OtlpFields.ExponentialHistogramDataPoint.Attributes << 3) | WireType.Bytes:
                ProtobufAttributes.Read(ref point, assembler.Attributes);
                break;
            case (OtlpFields.ExponentialHistogramDataPoint.Count << 3) | WireType.Fixed64:
                assembler.SetCount(point.ReadFixed64());
                break;
            case (OtlpFields.ExponentialHistogramDataPoint.Sum << 3) | WireType.Fixed64:
                assembler.SetSum(point.ReadDouble());
                break;
            case (OtlpFields.ExponentialHistogramDataPoint.Scale << 3) | WireType.Varint
            or (OtlpFields.ExponentialHistogramDataPoint.ZeroCount << 3) | WireType.Fixed64
            or (OtlpFields.ExponentialHistogramDataPoint.Positive << 3) | WireType.Bytes
            or (OtlpFields.ExponentialHistogramDataPoint.Negative << 3) | WireType.Bytes
            or (OtlpFields.ExponentialHistogramDataPoint.ZeroThreshold << 3) | WireType.Fixed64:
                ProtobufBuckets.ReadExponential(ref point, tag, assembler.Buckets);
                break;
            case (OtlpFields.ExponentialHistogramDataPoint.Flags << 3) | WireType.Varint:
                assembler.SetFlags((uint)point.ReadVarint());
                break;
            case (OtlpFields.ExponentialHistogramDataPoint.Exemplars << 3) | WireType.Bytes:
                ReadExemplar(point.ReadMessage(), assembler);
                break;
            case (OtlpFields.ExponentialHistogramDataPoint.Min << 3) | WireType.Fixed64:
                assembler.SetMin(point.ReadDouble());
                break;
            case (OtlpFields.ExponentialHistogramDataPoint.Max << 3) | WireType.Fixed64:
                assembler.SetMax(point.ReadDouble());
                break;
            default:
                point.Skip(tag);
                break;
        }
    }

    private static void ReadSummaryField(scoped ref ProtobufReader point, uint tag, MetricAssembler assembler)
    {
        switch (tag)
        {
            case (OtlpFields.SummaryDataPoint.Count << 3) | WireType.Fixed64:
                assembler.SetCount(point.ReadFixed64());
                break;
            case (OtlpFields.SummaryDataPoint.Sum << 3) | WireType.Fixed64:
                assembler.SetSum(point.ReadDouble());
                break;
            case (OtlpFields.SummaryDataPoint.QuantileValues << 3) | WireType.Bytes:
                ProtobufBuckets.ReadQuantile(point.ReadMessage(), assembler.Buckets);
                break;
            case (OtlpFields.SummaryDataPoint.Attributes << 3) | WireType.Bytes:
                ProtobufAttributes.Read(ref point, assembler.Attributes);
                break;
            case (OtlpFields.SummaryDataPoint.Flags << 3) | WireType.Varint:
                assembler.SetFlags((uint)point.ReadVarint());
                break;
            default:
                point.Skip(tag);
                break;
        }
    }

    private static void ReadExemplar(ProtobufReader message, MetricAssembler assembler)
    {
        ulong time = 0;
        double value = 0;
        ReadOnlySpan<byte> spanId = default;
        ReadOnlySpan<byte> traceId = default;
        assembler.Inner.Begin();
        while (message.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (OtlpFields.Exemplar.TimeUnixNano << 3) | WireType.Fixed64:
                    time = message.ReadFixed64();
                    break;
                case (OtlpFields.Exemplar.AsDouble << 3) | WireType.Fixed64:
                    value = message.ReadDouble();
                    break;
                case (OtlpFields.Exemplar.SpanId << 3) | WireType.Bytes:
                    spanId = message.ReadBytes();
                    break;
                case (OtlpFields.Exemplar.TraceId << 3) | WireType.Bytes:
                    traceId = message.ReadBytes();
                    break;
                case (OtlpFields.Exemplar.AsInt << 3) | WireType.Fixed64:
                    value = (long)message.ReadFixed64();
                    break;
                case (OtlpFields.Exemplar.FilteredAttributes << 3) | WireType.Bytes:
                    ProtobufAttributes.Read(ref message, assembler.Inner);
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }

        assembler.AddExemplar(time, value, traceId, spanId);
    }
}
