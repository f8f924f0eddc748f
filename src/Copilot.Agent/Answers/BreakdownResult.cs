namespace Copilot.Agent.Answers;

/// <summary>The values of one attribute that set the bad requests apart, best first.</summary>
public sealed record BreakdownResult(string Attribute, IReadOnlyList<BreakdownItem> Items) : AnswerResult;
