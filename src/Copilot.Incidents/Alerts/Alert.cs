namespace Copilot.Incidents.Alerts;

/// <summary>One alert of another system. Its text is shown, never obeyed.</summary>
/// <param name="Key">Names the alert for its sender: the same key, the same alert.</param>
/// <param name="Service">The service that it says it is about, or null.</param>
/// <param name="Firing">False once it is over.</param>
public sealed record Alert(string Source, string Key, string Title, string? Service, DateTimeOffset StartsAt, DateTimeOffset? EndsAt, bool Firing);
