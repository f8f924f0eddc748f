using Copilot.Agent.Questions;

namespace Copilot.Agent.Interpretation.Readings;

/// <summary>The measure that a question names.</summary>
/// <param name="Explicit">Named by its own word, not made up of "how many" and a noun.</param>
/// <param name="Others">Further measures named besides.</param>
internal sealed record MeasureMention(Measure Measure, bool Explicit, IReadOnlyList<Measure> Others);
