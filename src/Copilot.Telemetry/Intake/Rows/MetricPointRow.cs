namespace Copilot.Telemetry.Intake.Rows;

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

    /// <summary><c>{"bounds": […], "counts": […]}</c>; exponential: <c>{"scale", "zeroCount", "zeroThreshold", "positive": {"offset", "counts"}, "negative"}</c>; summary: <c>{"quantiles": [[q, v], …]}</c>.</summary>
    public TextSlice Buckets;

    /// <summary><c>[{"time": ns, "value": v, "traceId": hex, "spanId": hex, "attributes": {…}}]</c></summary>
    public TextSlice Exemplars;
}
