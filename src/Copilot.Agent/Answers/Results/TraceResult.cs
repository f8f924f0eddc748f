using Copilot.Agent.Answers.Items;

namespace Copilot.Agent.Answers.Results;

/// <summary>One trace and where its time went.</summary>
public sealed record TraceResult(
    string TraceId, double DurationMs, IReadOnlyList<string> Services, IReadOnlyList<CriticalPathItem> CriticalPath) : AnswerResult;
