using Copilot.Telemetry.Assembly;

namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>Reads the bucket fields of histogram points, packed (as proto3 writes them) or one by one.</summary>
internal static class ProtobufBuckets
{
    public static void ReadExplicit(scoped ref ProtobufReader point, uint tag, MetricBuckets buckets)
    {
        if ((tag & 7) == 1)
        {
            if (tag >> 3 == 6)
                buckets.AddCount(point.ReadFixed64());
            else
                buckets.AddBound(point.ReadDouble());
            return;
        }

        var packed = point.ReadMessage();
        while (!packed.AtEnd)
        {
            if (tag >> 3 == 6)
                buckets.AddCount(packed.ReadFixed64());
            else
                buckets.AddBound(packed.ReadDouble());
        }
    }

    public static void ReadExponential(scoped ref ProtobufReader point, uint tag, MetricBuckets buckets)
    {
        switch (tag >> 3)
        {
            case 6:
                buckets.Scale = ZigZag(point.ReadVarint());
                break;
            case 7:
                buckets.ZeroCount = point.ReadFixed64();
                break;
            case 8:
                ReadSide(point.ReadMessage(), buckets, positive: true);
                break;
            case 9:
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
                case (1 << 3) | 1:
                    quantile = message.ReadDouble();
                    break;
                case (2 << 3) | 1:
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
                case 1 << 3 when positive:
                    buckets.PositiveOffset = ZigZag(side.ReadVarint());
                    break;
                case 1 << 3:
                    buckets.NegativeOffset = ZigZag(side.ReadVarint());
                    break;
                case 2 << 3:
                    Add(side.ReadVarint());
                    break;
                case (2 << 3) | 2:
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
