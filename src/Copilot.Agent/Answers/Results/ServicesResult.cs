using Copilot.Agent.Answers.Items;

namespace Copilot.Agent.Answers.Results;

/// <summary>Services, best first.</summary>
public sealed record ServicesResult(IReadOnlyList<ServiceItem> Items) : AnswerResult;
