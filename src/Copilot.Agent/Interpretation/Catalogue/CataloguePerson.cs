namespace Copilot.Agent.Interpretation.Catalogue;

/// <param name="Handles">Address, user name, Slack handle.</param>
public sealed record CataloguePerson(string Name, IReadOnlyList<string> Handles, IReadOnlyList<string> Teams);
