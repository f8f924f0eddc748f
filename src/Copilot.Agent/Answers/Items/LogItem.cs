namespace Copilot.Agent.Answers.Items;

public sealed record LogItem(DateTimeOffset Time, string Service, string Severity, string Body, string? TraceId, string? SpanId);
