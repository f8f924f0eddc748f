namespace Copilot.Agent.Answers.Results;

/// <summary>The readings to choose from; each is a question that can be asked as it is.</summary>
public sealed record ChoicesResult(IReadOnlyList<string> Items) : AnswerResult;
