namespace Copilot.Agent.Answers.Results;

/// <summary>One number. Units: <c>1</c>, <c>ms</c>, <c>count</c>, <c>req/s</c>.</summary>
public sealed record ScalarResult(string Name, double Value, string Unit) : AnswerResult;
