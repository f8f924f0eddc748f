namespace Copilot.Agent.Answers;

/// <summary>Services, best first.</summary>
public sealed record ServicesResult(IReadOnlyList<ServiceItem> Items) : AnswerResult;
