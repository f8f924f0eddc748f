using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Interpretation.Catalogue;

/// <summary>A value that an attribute was seen with.</summary>
/// <param name="Seen">How often, roughly.</param>
public sealed record CatalogueValue(
    AttributeScope Scope, string Key, string Service, string Value, string Type, bool Entry, long Seen);
