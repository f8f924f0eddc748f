namespace Copilot.Agent.Answers;

public sealed record OwnerPerson(string Name, string? Contact, bool OnCall);
