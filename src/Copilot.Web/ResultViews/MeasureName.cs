namespace Copilot.Web.ResultViews;

/// <summary>The contract's measure names as people say them.</summary>
public static class MeasureName
{
    public static string Text(string name) =>
        name switch
        {
            "error_rate" => "error rate",
            "request_count" => "requests",
            "failed_count" => "failed requests",
            "throughput" => "throughput",
            "mean_latency" => "mean latency",
            "p50" => "median latency (p50)",
            "success_rate" => "success rate",
            "share" => "share of the requests",
            "distinct_count" => "different values",
            "stddev" => "standard deviation",
            "peak_throughput" => "highest throughput",
            _ when IsPercentile(name) => $"{name} latency",
            "max" => "slowest request",
            "min" => "fastest request",
            "trace_count" => "traces",
            "span_count" => "spans",
            "log_count" => "log records",
            _ => name.Replace('_', ' '),
        };

    // "p75", "p99.9"
    private static bool IsPercentile(string name) =>
        name.Length > 1 && name[0] == 'p' && char.IsAsciiDigit(name[1]) && name.Skip(2).All(sign => char.IsAsciiDigit(sign) || sign == '.');
}
