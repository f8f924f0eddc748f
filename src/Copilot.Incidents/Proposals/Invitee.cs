namespace Copilot.Incidents.Proposals;

/// <param name="Contact">An e-mail address, or null where no source gives one.</param>
/// <param name="Why">Why this person, in words: "on call for payment, the likely cause".</param>
/// <param name="Source">Where that is from: the catalogue file, the on-call schedule, CODEOWNERS.</param>
public sealed record Invitee(string Name, string? Contact, string Team, string Why, string Source);
