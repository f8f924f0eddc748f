using Copilot.Agent.Interpretation.Lexicon;

namespace Copilot.Agent.Interpretation.Linking;

/// <summary>Words that mean a concept.</summary>
internal sealed record ConceptMark(int Start, int End, Concept Concept);
