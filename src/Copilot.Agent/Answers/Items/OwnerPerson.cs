namespace Copilot.Agent.Answers.Items;

public sealed record OwnerPerson(string Name, string? Contact, bool OnCall);
