namespace Copilot.Agent.Answers;

/// <summary>One trace and where its time went.</summary>
public sealed record TraceResult(
    string TraceId, double DurationMs, IReadOnlyList<string> Services, IReadOnlyList<CriticalPathItem> CriticalPath) : AnswerResult;
