namespace Copilot.Agent.Answers.Results;

/// <summary>One measure twice: <c>Before</c> is the earlier window, or the value or service named first.</summary>
public sealed record ComparisonResult(string Name, string Unit, double Before, double After) : AnswerResult;
