using System.Text.Json;
using Copilot.Telemetry.Assembly;
using Copilot.Telemetry.Intake;

namespace Copilot.Telemetry.Otlp.Json;

/// <summary>Reads metric objects: name and unit, then the points of whichever shape it has.</summary>
internal static class JsonMetrics
{
    public static void ReadMetric(scoped ref Utf8JsonReader reader, MetricAssembler assembler)
    {
        if (!JsonReading.TryBeginObject(ref reader))
            return;
        ReadOnlySpan<byte> metricName = default;
        ReadOnlySpan<byte> unit = default;
        Utf8JsonReader data = default;
        MetricKind? kind = null;
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("name"u8))
                metricName = JsonReading.Text(ref reader);
            else if (name.SequenceEqual("unit"u8))
                unit = JsonReading.Text(ref reader);
            else
            {
                if (reader.TokenType == JsonTokenType.StartObject && KindOf(name) is { } found)
                {
                    kind = found;
                    data = reader;
                }

                reader.Skip();
            }
        }

        if (kind is not { } shape)
            return;
        assembler.BeginMetric(metricName, unit);
        var points = ReadShape(ref data, shape, assembler);
        if (points.TokenType == JsonTokenType.None || !JsonReading.TryBeginArray(ref points))
            return;
        while (JsonReading.TryNextElement(ref points))
            ReadPoint(ref points, shape, assembler);
    }

    private static MetricKind? KindOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("gauge"u8) ? MetricKind.Gauge
        : name.SequenceEqual("sum"u8) ? MetricKind.Sum
        : name.SequenceEqual("histogram"u8) ? MetricKind.Histogram
        : name.SequenceEqual("exponentialHistogram"u8) ? MetricKind.ExponentialHistogram
        : name.SequenceEqual("summary"u8) ? MetricKind.Summary
        : null;

    private static Utf8JsonReader ReadShape(scoped ref Utf8JsonReader data, MetricKind kind, MetricAssembler assembler)
    {
        long temporality = 0;
        var monotonic = false;
        Utf8JsonReader points = default;
        while (JsonReading.TryNextMember(ref data, out var name))
        {
            if (name.SequenceEqual("aggregationTemporality"u8))
                temporality = JsonReading.Enum(ref data);
            else if (name.SequenceEqual("isMonotonic"u8))
                monotonic = JsonReading.Bool(ref data);
            else
            {
                if (name.SequenceEqual("dataPoints"u8))
                    points = data;
                data.Skip();
            }
        }

        assembler.SetShape(kind, temporality, monotonic);
        return points;
    }

    private static void ReadPoint(scoped ref Utf8JsonReader reader, MetricKind kind, MetricAssembler assembler)
    {
        if (!JsonReading.TryBeginObject(ref reader))
            return;
        assembler.BeginPoint();
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            if (name.SequenceEqual("timeUnixNano"u8))
                assembler.SetTime(JsonReading.Time(ref reader));
            else if (name.SequenceEqual("startTimeUnixNano"u8))
                assembler.SetStart(JsonReading.Time(ref reader));
            else if (name.SequenceEqual("flags"u8))
                assembler.SetFlags((uint)JsonReading.UInt64(ref reader));
            else if (name.SequenceEqual("attributes"u8))
                JsonAttributes.Read(ref reader, assembler.Attributes);
            else if (name.SequenceEqual("asDouble"u8))
                assembler.SetValue(JsonReading.Double(ref reader));
            else if (name.SequenceEqual("asInt"u8))
                assembler.SetValue(JsonReading.Int64(ref reader));
            else if (name.SequenceEqual("count"u8))
                assembler.SetCount(JsonReading.UInt64(ref reader));
            else if (name.SequenceEqual("sum"u8))
                assembler.SetSum(JsonReading.Double(ref reader));
            else if (name.SequenceEqual("min"u8))
                assembler.SetMin(JsonReading.Double(ref reader));
            else if (name.SequenceEqual("max"u8))
                assembler.SetMax(JsonReading.Double(ref reader));
            else if (name.SequenceEqual("exemplars"u8))
                ReadExemplars(ref reader, assembler);
            else if (!JsonBuckets.TryRead(ref reader, name, kind, assembler.Buckets))
                reader.Skip();
        }

        assembler.CompletePoint();
    }

    private static void ReadExemplars(scoped ref Utf8JsonReader reader, MetricAssembler assembler)
    {
        if (!JsonReading.TryBeginArray(ref reader))
            return;
        Span<byte> traceBuffer = stackalloc byte[16];
        Span<byte> spanBuffer = stackalloc byte[8];
        while (JsonReading.TryNextElement(ref reader))
        {
            if (!JsonReading.TryBeginObject(ref reader))
                continue;
            ulong time = 0;
            double value = 0;
            scoped ReadOnlySpan<byte> traceId = default;
            scoped ReadOnlySpan<byte> spanId = default;
            assembler.Inner.Begin();
            while (JsonReading.TryNextMember(ref reader, out var name))
            {
                if (name.SequenceEqual("timeUnixNano"u8))
                    time = JsonReading.Time(ref reader);
                else if (name.SequenceEqual("asDouble"u8))
                    value = JsonReading.Double(ref reader);
                else if (name.SequenceEqual("asInt"u8))
                    value = JsonReading.Int64(ref reader);
                else if (name.SequenceEqual("traceId"u8))
                    traceId = traceBuffer[..JsonReading.Hex(ref reader, traceBuffer)];
                else if (name.SequenceEqual("spanId"u8))
                    spanId = spanBuffer[..JsonReading.Hex(ref reader, spanBuffer)];
                else if (name.SequenceEqual("filteredAttributes"u8))
                    JsonAttributes.Read(ref reader, assembler.Inner);
                else
                    reader.Skip();
            }

            assembler.AddExemplar(time, value, traceId, spanId);
        }
    }
}
