using Copilot.Agent.Answers.Items;

namespace Copilot.Agent.Answers.Results;

public sealed record LogsResult(IReadOnlyList<LogItem> Items, long Total) : AnswerResult;
