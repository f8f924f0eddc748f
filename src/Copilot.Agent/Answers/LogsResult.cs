namespace Copilot.Agent.Answers;

public sealed record LogsResult(IReadOnlyList<LogItem> Items, long Total) : AnswerResult;
