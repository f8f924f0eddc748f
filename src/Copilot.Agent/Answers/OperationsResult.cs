namespace Copilot.Agent.Answers;

/// <summary>Operations, worst first.</summary>
public sealed record OperationsResult(IReadOnlyList<OperationItem> Items) : AnswerResult;
