namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>
/// The field numbers of OTLP's messages, under the names of opentelemetry-proto. Messages of the signals that only differ in what
/// they carry have the same numbers and stand here once.
/// </summary>
public static class OtlpFields
{
    /// <summary>What a request and a trace hold: TracesData, LogsData, MetricsData and their Export…ServiceRequest.</summary>
    public static class TelemetryData
    {
        public const int ResourceItems = 1;
    }

    /// <summary>ResourceSpans, ResourceLogs, ResourceMetrics.</summary>
    public static class ResourceItems
    {
        public const int Resource = 1;
        public const int ScopeItems = 2;
    }

    /// <summary>ScopeSpans, ScopeLogs, ScopeMetrics.</summary>
    public static class ScopeItems
    {
        public const int Scope = 1;
        public const int Items = 2;
    }

    public static class Resource
    {
        public const int Attributes = 1;
        public const int DroppedAttributesCount = 2;
    }

    public static class InstrumentationScope
    {
        public const int Name = 1;
        public const int Version = 2;
        public const int Attributes = 3;
        public const int DroppedAttributesCount = 4;
    }

    public static class KeyValue
    {
        public const int Key = 1;
        public const int Value = 2;
    }

    public static class AnyValue
    {
        public const int StringValue = 1;
        public const int BoolValue = 2;
        public const int IntValue = 3;
        public const int DoubleValue = 4;
        public const int ArrayValue = 5;
        public const int KvlistValue = 6;
        public const int BytesValue = 7;
    }

    /// <summary>ArrayValue and KeyValueList.</summary>
    public static class ValueList
    {
        public const int Values = 1;
    }

    public static class Span
    {
        public const int TraceId = 1;
        public const int SpanId = 2;
        public const int TraceState = 3;
        public const int ParentSpanId = 4;
        public const int Name = 5;
        public const int Kind = 6;
        public const int StartTimeUnixNano = 7;
        public const int EndTimeUnixNano = 8;
        public const int Attributes = 9;
        public const int DroppedAttributesCount = 10;
        public const int Events = 11;
        public const int DroppedEventsCount = 12;
        public const int Links = 13;
        public const int DroppedLinksCount = 14;
        public const int Status = 15;
        public const int Flags = 16;
    }

    /// <summary>Span.Event.</summary>
    public static class SpanEvent
    {
        public const int TimeUnixNano = 1;
        public const int Name = 2;
        public const int Attributes = 3;
        public const int DroppedAttributesCount = 4;
    }

    /// <summary>Span.Link.</summary>
    public static class SpanLink
    {
        public const int TraceId = 1;
        public const int SpanId = 2;
        public const int TraceState = 3;
        public const int Attributes = 4;
        public const int DroppedAttributesCount = 5;
    }

    public static class Status
    {
        public const int Message = 2;
        public const int Code = 3;
    }

    public static class LogRecord
    {
        public const int TimeUnixNano = 1;
        public const int SeverityNumber = 2;
        public const int SeverityText = 3;
        public const int Body = 5;
        public const int Attributes = 6;
        public const int DroppedAttributesCount = 7;
        public const int Flags = 8;
        public const int TraceId = 9;
        public const int SpanId = 10;
        public const int ObservedTimeUnixNano = 11;
        public const int EventName = 12;
    }

    public static class Metric
    {
        public const int Name = 1;
        public const int Unit = 3;
        public const int Gauge = 5;
        public const int Sum = 7;
        public const int Histogram = 9;
        public const int ExponentialHistogram = 10;
        public const int Summary = 11;
    }

    /// <summary>Gauge, Sum, Histogram, ExponentialHistogram, Summary: what of it a shape has stands under the same number.</summary>
    public static class MetricData
    {
        public const int DataPoints = 1;
        public const int AggregationTemporality = 2;
        public const int IsMonotonic = 3;
    }

    /// <summary>What the points of every shape have in common.</summary>
    public static class DataPoint
    {
        public const int StartTimeUnixNano = 2;
        public const int TimeUnixNano = 3;
    }

    public static class NumberDataPoint
    {
        public const int AsDouble = 4;
        public const int Exemplars = 5;
        public const int AsInt = 6;
        public const int Attributes = 7;
        public const int Flags = 8;
    }

    public static class HistogramDataPoint
    {
        public const int Count = 4;
        public const int Sum = 5;
        public const int BucketCounts = 6;
        public const int ExplicitBounds = 7;
        public const int Exemplars = 8;
        public const int Attributes = 9;
        public const int Flags = 10;
        public const int Min = 11;
        public const int Max = 12;
    }

    public static class ExponentialHistogramDataPoint
    {
        public const int Attributes = 1;
        public const int Count = 4;
        public const int Sum = 5;
        public const int Scale = 6;
        public const int ZeroCount = 7;
        public const int Positive = 8;
        public const int Negative = 9;
        public const int Flags = 10;
        public const int Exemplars = 11;
        public const int Min = 12;
        public const int Max = 13;
        public const int ZeroThreshold = 14;
    }

    /// <summary>ExponentialHistogramDataPoint.Buckets.</summary>
    public static class Buckets
    {
        public const int Offset = 1;
        public const int BucketCounts = 2;
    }

    public static class SummaryDataPoint
    {
        public const int Count = 4;
        public const int Sum = 5;
        public const int QuantileValues = 6;
        public const int Attributes = 7;
        public const int Flags = 8;
    }

    /// <summary>SummaryDataPoint.ValueAtQuantile.</summary>
    public static class ValueAtQuantile
    {
        public const int Quantile = 1;
        public const int Value = 2;
    }

    public static class Exemplar
    {
        public const int TimeUnixNano = 2;
        public const int AsDouble = 3;
        public const int SpanId = 4;
        public const int TraceId = 5;
        public const int AsInt = 6;
        public const int FilteredAttributes = 7;
    }

    /// <summary>ExportTraceServiceResponse and those of logs and metrics.</summary>
    public static class ExportResponse
    {
        public const int PartialSuccess = 1;
    }

    /// <summary>ExportTracePartialSuccess and those of logs and metrics.</summary>
    public static class PartialSuccess
    {
        public const int Rejected = 1;
        public const int ErrorMessage = 2;
    }
}

/// <summary>How a field's value is laid out; the lowest three bits of its tag.</summary>
internal static class WireType
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Bytes = 2;
    public const int Fixed32 = 5;
}
