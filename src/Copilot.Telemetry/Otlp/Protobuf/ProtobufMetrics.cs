using Copilot.Telemetry.Assembly;
using Copilot.Telemetry.Intake;

namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>Reads Metric messages: name and unit, then the points of whichever shape it has.</summary>
internal static class ProtobufMetrics
{
    private const uint Points = (1 << 3) | 2;

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
                case (1 << 3) | 2:
                    name = metric.ReadBytes();
                    break;
                case (3 << 3) | 2:
                    unit = metric.ReadBytes();
                    break;
                case (5 << 3) | 2:
                    kind = MetricKind.Gauge;
                    data = metric.ReadMessage();
                    break;
                case (7 << 3) | 2:
                    kind = MetricKind.Sum;
                    data = metric.ReadMessage();
                    break;
                case (9 << 3) | 2:
                    kind = MetricKind.Histogram;
                    data = metric.ReadMessage();
                    break;
                case (10 << 3) | 2:
                    kind = MetricKind.ExponentialHistogram;
                    data = metric.ReadMessage();
                    break;
                case (11 << 3) | 2:
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
                case 2 << 3:
                    temporality = (long)data.ReadVarint();
                    break;
                case 3 << 3 when kind == MetricKind.Sum:
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
                case (2 << 3) | 1:
                    assembler.SetStart(point.ReadFixed64());
                    break;
                case (3 << 3) | 1:
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
            case (4 << 3) | 1:
                assembler.SetValue(point.ReadDouble());
                break;
            case (6 << 3) | 1:
                assembler.SetValue((long)point.ReadFixed64());
                break;
            case (5 << 3) | 2:
                ReadExemplar(point.ReadMessage(), assembler);
                break;
            case (7 << 3) | 2:
                ProtobufAttributes.Read(ref point, assembler.Attributes);
                break;
            case 8 << 3:
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
            case (4 << 3) | 1:
                assembler.SetCount(point.ReadFixed64());
                break;
            case (5 << 3) | 1:
                assembler.SetSum(point.ReadDouble());
                break;
            case (6 << 3) | 2 or (6 << 3) | 1 or (7 << 3) | 2 or (7 << 3) | 1:
                ProtobufBuckets.ReadExplicit(ref point, tag, assembler.Buckets);
                break;
            case (8 << 3) | 2:
                ReadExemplar(point.ReadMessage(), assembler);
                break;
            case (9 << 3) | 2:
                ProtobufAttributes.Read(ref point, assembler.Attributes);
                break;
            case 10 << 3:
                assembler.SetFlags((uint)point.ReadVarint());
                break;
            case (11 << 3) | 1:
                assembler.SetMin(point.ReadDouble());
                break;
            case (12 << 3) | 1:
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
            case (1 << 3) | 2:
                ProtobufAttributes.Read(ref point, assembler.Attributes);
                break;
            case (4 << 3) | 1:
                assembler.SetCount(point.ReadFixed64());
                break;
            case (5 << 3) | 1:
                assembler.SetSum(point.ReadDouble());
                break;
            case 6 << 3 or (7 << 3) | 1 or (8 << 3) | 2 or (9 << 3) | 2 or (14 << 3) | 1:
                ProtobufBuckets.ReadExponential(ref point, tag, assembler.Buckets);
                break;
            case 10 << 3:
                assembler.SetFlags((uint)point.ReadVarint());
                break;
            case (11 << 3) | 2:
                ReadExemplar(point.ReadMessage(), assembler);
                break;
            case (12 << 3) | 1:
                assembler.SetMin(point.ReadDouble());
                break;
            case (13 << 3) | 1:
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
            case (4 << 3) | 1:
                assembler.SetCount(point.ReadFixed64());
                break;
            case (5 << 3) | 1:
                assembler.SetSum(point.ReadDouble());
                break;
            case (6 << 3) | 2:
                ProtobufBuckets.ReadQuantile(point.ReadMessage(), assembler.Buckets);
                break;
            case (7 << 3) | 2:
                ProtobufAttributes.Read(ref point, assembler.Attributes);
                break;
            case 8 << 3:
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
                case (2 << 3) | 1:
                    time = message.ReadFixed64();
                    break;
                case (3 << 3) | 1:
                    value = message.ReadDouble();
                    break;
                case (4 << 3) | 2:
                    spanId = message.ReadBytes();
                    break;
                case (5 << 3) | 2:
                    traceId = message.ReadBytes();
                    break;
                case (6 << 3) | 1:
                    value = (long)message.ReadFixed64();
                    break;
                case (7 << 3) | 2:
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
