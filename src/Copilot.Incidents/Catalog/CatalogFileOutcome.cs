namespace Copilot.Incidents.Catalog;

/// <summary>What became of one file. Where it is not accepted, the last good version of the same path stays in use.</summary>
/// <param name="Accepted">True where this content is now in use.</param>
/// <param name="Kind">What it was read as, or null where that could not be told.</param>
/// <param name="Entries">How many entities, rules, shifts or runbooks it holds.</param>
/// <param name="Error">What is wrong with it; of an accepted file, with the first of the entities that are left out.</param>
/// <param name="Line">1-based, where the error has a place.</param>
/// <param name="KeptLastGood">True where an older good version is still in use.</param>
public sealed record CatalogFileOutcome(
    string Path, bool Accepted, string? Kind, int Entries, string? Error, long? Line, long? Column, bool KeptLastGood, IReadOnlyList<string> Warnings);
