using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Interpretation.Subjects;

/// <summary>An attribute that the question names.</summary>
/// <param name="Start">First token.</param>
/// <param name="End">The token after the last.</param>
/// <param name="Grouping">The words around it say that things are grouped by it.</param>
internal sealed record NamedAttribute(int Start, int End, IReadOnlyList<AttributeName> Keys, bool Grouping);
