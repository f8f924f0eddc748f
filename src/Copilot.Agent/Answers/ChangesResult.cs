namespace Copilot.Agent.Answers;

/// <summary>Changes, newest first.</summary>
public sealed record ChangesResult(IReadOnlyList<ChangeItem> Items) : AnswerResult;
