namespace Copilot.Agent.Answers;

/// <param name="TraceId">32 hex digits.</param>
public sealed record TraceItem(string TraceId, DateTimeOffset Start, double DurationMs, string RootService, string RootOperation, int ErrorSpans);
