using Copilot.Agent.Answers.Items;

namespace Copilot.Agent.Answers.Results;

/// <summary>Changes, newest first.</summary>
public sealed record ChangesResult(IReadOnlyList<ChangeItem> Items) : AnswerResult;
