namespace Copilot.Agent.Answers;

/// <summary>Nothing to show.</summary>
public sealed record NoResult : AnswerResult;
