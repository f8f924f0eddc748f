using Copilot.Agent.Answers.Items;

namespace Copilot.Agent.Answers.Results;

public sealed record OwnersResult(IReadOnlyList<OwnerItem> Items) : AnswerResult;
