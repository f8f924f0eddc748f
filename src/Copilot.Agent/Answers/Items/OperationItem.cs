namespace Copilot.Agent.Answers.Items;

public sealed record OperationItem(string Service, string Operation, double Value, string Unit);
