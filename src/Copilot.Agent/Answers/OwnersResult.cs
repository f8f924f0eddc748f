namespace Copilot.Agent.Answers;

public sealed record OwnersResult(IReadOnlyList<OwnerItem> Items) : AnswerResult;
