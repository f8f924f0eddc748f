using Copilot.Agent.Answers.Items;

namespace Copilot.Agent.Answers.Results;

/// <summary>A measure over time.</summary>
public sealed record SeriesResult(string Name, string Unit, IReadOnlyList<SeriesPoint> Points) : AnswerResult;
