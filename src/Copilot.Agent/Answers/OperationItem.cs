namespace Copilot.Agent.Answers;

public sealed record OperationItem(string Service, string Operation, double Value, string Unit);
