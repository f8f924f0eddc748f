namespace Copilot.Agent.Answers;

/// <summary>A measure over time.</summary>
public sealed record SeriesResult(string Name, string Unit, IReadOnlyList<SeriesPoint> Points) : AnswerResult;
