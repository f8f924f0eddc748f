namespace Copilot.Agent.Answers.Items;

public sealed record CriticalPathItem(string Service, string Operation, double SelfMs);
