namespace Copilot.Incidents.Troubles;

/// <summary>A service that one might suspect.</summary>
/// <param name="Reason">What speaks against it, with the figures.</param>
public sealed record TroubleAlternative(string Service, string Reason);
