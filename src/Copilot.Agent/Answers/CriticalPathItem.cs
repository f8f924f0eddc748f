namespace Copilot.Agent.Answers;

public sealed record CriticalPathItem(string Service, string Operation, double SelfMs);
