namespace Copilot.Agent.Interpretation.Catalogue;

/// <summary>What there is to be asked about now: a snapshot of telemetry's dictionaries and the ownership catalogue.</summary>
public sealed record LiveCatalogue
{
    public static LiveCatalogue Empty { get; } = new();

    public IReadOnlyList<CatalogueService> Services { get; init; } = [];

    public IReadOnlyList<CatalogueOperation> Operations { get; init; } = [];

    public IReadOnlyList<CatalogueAttribute> Attributes { get; init; } = [];

    public IReadOnlyList<CatalogueValue> Values { get; init; } = [];

    /// <summary>Names of teams as the catalogue of owners has them.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    public IReadOnlyList<CataloguePerson> People { get; init; } = [];

    /// <summary>Versions that changes brought in, also those that no span carries.</summary>
    public IReadOnlyList<CatalogueVersion> Versions { get; init; } = [];
}
