using Copilot.Telemetry.Assembly;

namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>Reads the bucket fields of histogram points, packed (as proto3 writes them) or one by one.</summary>
internal static class ProtobufBuckets
{
    public static void ReadExplicit(scoped ref ProtobufReader point, uint tag, MetricBuckets buckets)
    {
        if ((tag & 7) == WireType.Fixed64)
        {
            if (tag >> 3 == OtlpFields.HistogramDataPoint.BucketCounts)
                buckets.AddCount(point.ReadFixed64());
            else
                buckets.AddBound(point.ReadDouble());
            return;
        }

        var packed = point.ReadMessage();
        while (!packed.AtEnd)
        {
            if (tag >> 3 == OtlpFields.HistogramDataPoint.BucketCounts)
                buckets.AddCount(packed.ReadFixed64());
            else
                buckets.AddBound(packed.ReadDouble());
        }
    }

    public static void ReadExponential(scoped ref ProtobufReader point, uint tag, MetricBuckets buckets)
    {
        switch (tag >> 3)
        {
            case OtlpFields.ExponentialHistogramDataPoint.Scale:
                buckets.Scale = ZigZag(point.ReadVarint());
                break;
            case OtlpFields.ExponentialHistogramDataPoint.ZeroCount:
                buckets.ZeroCount = point.ReadFixed64();
                break;
            case OtlpFields.ExponentialHistogramDataPoint.Positive:
                ReadSide(point.ReadMessage(), buckets, positive: true);
                break;
            case OtlpFields.ExponentialHistogramDataPoint.Negative:
                ReadSide(point.ReadMessage(), buckets, positive: false);
                break;
            default:
                buckets.ZeroThreshold = point.ReadDouble();
                break;
        }
    }

    public static void ReadQuantile(ProtobufReader message, MetricBuckets buckets)
    {
        double quantile = 0;
        double value = 0;
        while (message.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (OtlpFields.ValueAtQuantile.Quantile << 3) | WireType.Fixed64:
                    quantile = message.ReadDouble();
                    break;
                case (OtlpFields.ValueAtQuantile.Value << 3) | WireType.Fixed64:
                    value = message.ReadDouble();
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }

        buckets.AddQuantile(quantile, value);
    }

    private static void ReadSide(ProtobufReader side, MetricBuckets buckets, bool positive)
    {
        while (side.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (OtlpFields.Buckets.Offset << 3) | WireType.Varint when positive:
                    buckets.PositiveOffset = ZigZag(side.ReadVarint());
                    break;
                case (OtlpFields.Buckets.Offset << 3) | WireType.Varint:
                    buckets.NegativeOffset = ZigZag(side.ReadVarint());
                    break;
                case (OtlpFields.Buckets.BucketCounts << 3) | WireType.Varint:
                    Add(side.ReadVarint());
                    break;
                case (OtlpFields.Buckets.BucketCounts << 3) | WireType.Bytes:
                    var packed = side.ReadMessage();
                    while (!packed.AtEnd)
                        Add(packed.ReadVarint());
                    break;
                default:
                    side.Skip(tag);
                    break;
            }
        }

        void Add(ulong count)
        {
            if (positive)
                buckets.AddCount(count);
            else
                buckets.AddNegativeCount(count);
        }
    }

    private static int ZigZag(ulong value) => (int)(value >> 1) ^ -(int)(value & 1);
}
