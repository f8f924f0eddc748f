namespace Copilot.Incidents.Ownership;

/// <param name="Name">A component, a team or a person.</param>
/// <param name="Why">What is not right any more.</param>
/// <param name="Source">Where it is written.</param>
public sealed record StaleEntry(string Name, string Why, string Source);
