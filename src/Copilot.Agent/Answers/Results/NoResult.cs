namespace Copilot.Agent.Answers.Results;

/// <summary>Nothing to show.</summary>
public sealed record NoResult : AnswerResult;
