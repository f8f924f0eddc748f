namespace Copilot.Incidents.Proposals;

/// <param name="Contact">An e-mail address, or null where no source gives one.</param>
/// <param name="Why">Why this person, in words: "on call for payment, the likely cause".</param>
/// <param name="Source">Where that is from: the catalogue file, the on-call schedule, CODEOWNERS.</param>
public sealed record Invitee(string Name, string? Contact, string Team, string Why, string Source)
{
    /// <summary>Whether they are woken by a page too; null where nothing could page them. Nobody is unless somebody ticked it.</summary>
    public bool? Page { get; init; }
}
