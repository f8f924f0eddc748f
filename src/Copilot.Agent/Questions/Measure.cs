namespace Copilot.Agent.Questions;

/// <summary>A number that requests, traces, spans or logs have.</summary>
public enum Measure
{
    ErrorRate,
    RequestCount,
    FailedCount,
    Throughput,
    MeanLatency,
    P50,
    P90,
    P95,
    P99,
    Max,
    Min,
    TraceCount,
    SpanCount,
    LogCount,

    /// <summary>Which part of the requests fulfils <see cref="QuestionPlan.ShareOf"/>, 0 to 1.</summary>
    Share,
}
