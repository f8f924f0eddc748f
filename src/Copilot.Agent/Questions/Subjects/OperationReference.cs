namespace Copilot.Agent.Questions.Subjects;

/// <summary>A span name that the question names, and the services that have it.</summary>
/// <param name="Name">Exactly as in telemetry.</param>
/// <param name="Services">The services with an entry span of this name; never empty.</param>
public sealed record OperationReference(string Name, IReadOnlyList<string> Services, string Words);
