namespace Copilot.Agent.Interpretation.Catalogue;

public sealed record CatalogueVersion(string Service, string Version);
