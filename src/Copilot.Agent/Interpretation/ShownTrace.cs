namespace Copilot.Agent.Interpretation;

/// <summary>A trace that an answer showed.</summary>
public sealed record ShownTrace(string TraceId, double DurationMs, int ErrorSpans);
