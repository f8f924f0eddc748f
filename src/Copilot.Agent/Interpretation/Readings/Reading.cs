using Copilot.Agent.Questions;

namespace Copilot.Agent.Interpretation.Readings;

/// <summary>One way to read a question, and how well it fits.</summary>
internal sealed record Reading(QuestionKind Kind, double Score);
