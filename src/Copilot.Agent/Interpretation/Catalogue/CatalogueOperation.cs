namespace Copilot.Agent.Interpretation.Catalogue;

/// <param name="Entry">Seen on entry spans: a request to the service.</param>
public sealed record CatalogueOperation(string Service, string Name, bool Entry);
