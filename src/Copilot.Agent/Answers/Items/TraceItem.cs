namespace Copilot.Agent.Answers.Items;

/// <param name="TraceId">32 hex digits.</param>
public sealed record TraceItem(string TraceId, DateTimeOffset Start, double DurationMs, string RootService, string RootOperation, int ErrorSpans);
