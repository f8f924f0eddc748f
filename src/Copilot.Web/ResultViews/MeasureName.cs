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
            "p90" or "p95" or "p99" => $"{name} latency",
            "max" => "slowest request",
            "min" => "fastest request",
            "trace_count" => "traces",
            "span_count" => "spans",
            "log_count" => "log records",
            _ => name.Replace('_', ' '),
        };
}
