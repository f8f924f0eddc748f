namespace Copilot.Agent.Answers.Items;

/// <summary>Who owns a service. <c>Team</c> is null where no source names one; guesses go in <c>Suggested</c>.</summary>
public sealed record OwnerItem(
    string Service, string? Team, IReadOnlyList<OwnerPerson> People, string? Channel, string? Source, string? Suggested);
