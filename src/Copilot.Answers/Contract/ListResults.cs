using System.Text.Json.Serialization;

namespace Copilot.Answers.Contract;

/// <summary>Services, best first.</summary>
public sealed record ServicesResult(IReadOnlyList<ServiceItem> Items) : AnswerResult
{
    /// <summary>What <see cref="ServiceItem.Score"/> measures of a match, "error_rate"; null where it only orders.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Measure { get; init; }

    /// <summary>Of the measure, as every figure's: "1" for a ratio, "ms", "count", "req/s".</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    public override T Match<T>(ResultCases<T> cases) => cases.Services(this);
}

/// <param name="Role">cause, suspect, affected, caller, callee, peer or match. "cause" marks only what the answer claims.</param>
public sealed record ServiceItem(string Service, string Role, double Score, string? Owner);

/// <summary>Operations, worst first.</summary>
public sealed record OperationsResult(IReadOnlyList<OperationItem> Items) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Operations(this);
}

public sealed record OperationItem(string Service, string Operation, double Value, string Unit);

/// <summary>Traces that match; <c>Total</c> counts all of them, <c>Items</c> holds at least the first 100.</summary>
public sealed record TracesResult(IReadOnlyList<TraceItem> Items, long Total) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Traces(this);
}

/// <summary>One trace and where its time went.</summary>
public sealed record TraceResult(
    string TraceId,
    double DurationMs,
    IReadOnlyList<string> Services,
    IReadOnlyList<CriticalPathItem> CriticalPath
) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Trace(this);
}

/// <param name="TraceId">32 hex digits.</param>
public sealed record TraceItem(
    string TraceId,
    DateTimeOffset Start,
    double DurationMs,
    string RootService,
    string RootOperation,
    int ErrorSpans
);

public sealed record CriticalPathItem(string Service, string Operation, double SelfMs);
