namespace Copilot.Agent.Interpretation.Catalogue;

/// <param name="Name">service.name; for what sends no spans, the catalogue's name, else its address.</param>
/// <param name="Instrumented">It sends spans.</param>
/// <param name="Aliases">Other names: of the catalogue entity, its title, the address that it is called by.</param>
/// <param name="Description">Words of the catalogue about it; weak evidence only.</param>
public sealed record CatalogueService(string Name, bool Instrumented, IReadOnlyList<string> Aliases, string? Description = null);
