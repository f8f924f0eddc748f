using Copilot.Agent.Answers.Items;

namespace Copilot.Agent.Answers.Results;

/// <summary>Operations, worst first.</summary>
public sealed record OperationsResult(IReadOnlyList<OperationItem> Items) : AnswerResult;
