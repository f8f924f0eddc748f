namespace Copilot.Agent.Answers.Items;

public sealed record ChangeItem(DateTimeOffset Time, string Service, string Kind, string? Version, string Summary);
