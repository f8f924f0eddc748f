using System.Text.Json;
using Copilot.Telemetry.Assembly;
using Copilot.Telemetry.Intake;

namespace Copilot.Telemetry.Otlp.Json;

/// <summary>Reads the bucket members of histogram points and the quantiles of summaries.</summary>
internal static class JsonBuckets
{
    /// <summary>Takes the member if it is one of buckets; false leaves it unread.</summary>
    public static bool TryRead(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, MetricKind kind, MetricBuckets buckets) =>
        kind switch
        {
            MetricKind.Histogram => TryReadExplicit(ref reader, name, buckets),
            MetricKind.ExponentialHistogram => TryReadExponential(ref reader, name, buckets),
            MetricKind.Summary when name.SequenceEqual("quantileValues"u8) => ReadQuantiles(ref reader, buckets),
            _ => false,
        };

    private static bool TryReadExplicit(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, MetricBuckets buckets)
    {
        var counts = name.SequenceEqual("bucketCounts"u8);
        if (!counts && !name.SequenceEqual("explicitBounds"u8))
            return false;
        if (!JsonReading.TryBeginArray(ref reader))
            return true;
        while (JsonReading.TryNextElement(ref reader))
        {
            if (counts)
                buckets.AddCount(JsonReading.UInt64(ref reader));
            else
                buckets.AddBound(JsonReading.Double(ref reader));
        }

        return true;
    }

    private static bool TryReadExponential(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, MetricBuckets buckets)
    {
        if (name.SequenceEqual("scale"u8))
            buckets.Scale = (int)Math.Clamp(JsonReading.Int64(ref reader), -100, 100);
        else if (name.SequenceEqual("zeroCount"u8))
            buckets.ZeroCount = JsonReading.UInt64(ref reader);
        else if (name.SequenceEqual("zeroThreshold"u8))
            buckets.ZeroThreshold = JsonReading.Double(ref reader);
        else if (name.SequenceEqual("positive"u8))
            ReadSide(ref reader, buckets, positive: true);
        else if (name.SequenceEqual("negative"u8))
            ReadSide(ref reader, buckets, positive: false);
        else
            return false;
        return true;
    }

    private static void ReadSide(scoped ref Utf8JsonReader reader, MetricBuckets buckets, bool positive)
    {
        if (!JsonReading.TryBeginObject(ref reader))
            return;
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("offset"u8))
            {
                var offset = (int)Math.Clamp(JsonReading.Int64(ref reader), int.MinValue, int.MaxValue);
                if (positive)
                    buckets.PositiveOffset = offset;
                else
                    buckets.NegativeOffset = offset;
            }
            else if (name.SequenceEqual("bucketCounts"u8) && JsonReading.TryBeginArray(ref reader))
            {
                while (JsonReading.TryNextElement(ref reader))
                {
                    if (positive)
                        buckets.AddCount(JsonReading.UInt64(ref reader));
                    else
                        buckets.AddNegativeCount(JsonReading.UInt64(ref reader));
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static bool ReadQuantiles(scoped ref Utf8JsonReader reader, MetricBuckets buckets)
    {
        if (!JsonReading.TryBeginArray(ref reader))
            return true;
        while (JsonReading.TryNextElement(ref reader))
        {
            if (!JsonReading.TryBeginObject(ref reader))
                continue;
            double quantile = 0;
            double value = 0;
            while (JsonReading.TryNextMember(ref reader, out var name))
            {
                if (name.SequenceEqual("quantile"u8))
                    quantile = JsonReading.Double(ref reader);
                else if (name.SequenceEqual("value"u8))
                    value = JsonReading.Double(ref reader);
                else
                    reader.Skip();
            }

            buckets.AddQuantile(quantile, value);
        }

        return true;
    }
}
