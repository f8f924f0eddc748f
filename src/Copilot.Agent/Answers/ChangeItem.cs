namespace Copilot.Agent.Answers;

public sealed record ChangeItem(DateTimeOffset Time, string Service, string Kind, string? Version, string Summary);
