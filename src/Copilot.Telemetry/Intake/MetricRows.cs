namespace Copilot.Telemetry.Intake;

/// <summary>What the points of a metric with the same attributes share.</summary>
public sealed record SeriesRow
{
    /// <summary>Of the resource and of everything below.</summary>
    public required Guid Hash { get; init; }

    public required int Resource { get; init; }

    public required string Name { get; init; }

    public required string Unit { get; init; }

    public required MetricKind Kind { get; init; }

    /// <summary>OTLP's number: 0 unspecified, 1 delta, 2 cumulative.</summary>
    public required short Temporality { get; init; }

    public required bool Monotonic { get; init; }

    /// <summary>A JSON object in the batch's arena, or absent.</summary>
    public TextSlice Attributes { get; init; }
}

/// <summary>The shapes of OTLP's metrics.</summary>
public enum MetricKind : byte
{
    Gauge,
    Sum,
    Histogram,
    ExponentialHistogram,
    Summary,
}

/// <summary>One point of a metric series; JSON is a slice of the batch's arena.</summary>
public struct MetricPointRow
{
    /// <summary>Index into the batch's series.</summary>
    public int Series;
    public long TimeNs;

    /// <summary>0: not given.</summary>
    public long StartNs;
    public int Flags;

    /// <summary>Of a gauge or a sum.</summary>
    public double? Value;

    /// <summary>Of a histogram or a summary.</summary>
    public long? Count;
    public double? Sum;
    public double? Min;
    public double? Max;

    /// <summary><c>{"bounds": […], "counts": […]}</c>; exponential: <c>{"scale", "zeroCount", "zeroThreshold", "positive": {"offset",
    /// "counts"}, "negative"}</c>; summary: <c>{"quantiles": [[q, v], …]}</c>.</summary>
    public TextSlice Buckets;

    /// <summary><c>[{"time": ns, "value": v, "traceId": hex, "spanId": hex, "attributes": {…}}]</c></summary>
    public TextSlice Exemplars;
}
