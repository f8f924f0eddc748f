namespace Copilot.Incidents.Paging;

/// <summary>One page for one person of an incident.</summary>
/// <param name="Key">Names the page for ever; at most 255 characters.</param>
/// <param name="Services">The incident's services, its cause first.</param>
/// <param name="Severity">sev1 to sev4.</param>
/// <param name="Address">The incident's page, or null.</param>
public sealed record PageCall(
    string Key, string Team, string Person, string Why, string Title, string Severity, IReadOnlyList<string> Services, DateTimeOffset Since, Uri? Address);
