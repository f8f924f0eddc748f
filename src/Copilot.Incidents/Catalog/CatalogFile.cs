namespace Copilot.Incidents.Catalog;

/// <summary>One file that tells who owns what, who is on call, or what to do.</summary>
/// <param name="Path">Where it came from; the same path replaces what was there.</param>
public sealed record CatalogFile(string Path, string Content);
