namespace Copilot.Ingest;

/// <summary>What OTLP carries.</summary>
public enum Signal
{
    Traces,
    Logs,
    Metrics,
}

/// <summary>How OTLP names each signal, in paths and in answers.</summary>
internal static class SignalNames
{
    public static IReadOnlyList<Signal> All { get; } = [Signal.Traces, Signal.Logs, Signal.Metrics];

    public static string HttpPath(this Signal signal) => "/v1/" + signal.Label();

    public static string GrpcService(this Signal signal) =>
        signal switch
        {
            Signal.Traces => "opentelemetry.proto.collector.trace.v1.TraceService",
            Signal.Logs => "opentelemetry.proto.collector.logs.v1.LogsService",
            _ => "opentelemetry.proto.collector.metrics.v1.MetricsService",
        };

    /// <summary>The member of OTLP's JSON that holds everything of a signal.</summary>
    public static string ResourcesName(this Signal signal) =>
        signal switch
        {
            Signal.Traces => "resourceSpans",
            Signal.Logs => "resourceLogs",
            _ => "resourceMetrics",
        };

    /// <summary>The label of the app's own metrics.</summary>
    public static string Label(this Signal signal) =>
        signal switch
        {
            Signal.Traces => "traces",
            Signal.Logs => "logs",
            _ => "metrics",
        };

    /// <summary>The partial success' JSON name for how many items were not taken.</summary>
    public static string RejectedName(this Signal signal) =>
        signal switch
        {
            Signal.Traces => "rejectedSpans",
            Signal.Logs => "rejectedLogRecords",
            _ => "rejectedDataPoints",
        };
}
