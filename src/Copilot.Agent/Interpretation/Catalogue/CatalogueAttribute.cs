using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Interpretation.Catalogue;

/// <summary>An attribute key seen on a service's spans or resources.</summary>
/// <param name="Type">string, int, double, bool, array, object or bytes.</param>
/// <param name="ManyValues">More distinct values than are kept: ids, texts.</param>
public sealed record CatalogueAttribute(
    AttributeScope Scope, string Key, string Service, string Type, bool Entry, bool ManyValues);
