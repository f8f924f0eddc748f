namespace Copilot.Agent.Questions.Selections;

/// <summary>What operations or services are ranked by.</summary>
/// <param name="By">The measure.</param>
/// <param name="Limit">How many; null where the question gives no number.</param>
/// <param name="Ascending">"Fastest", "least busy".</param>
/// <param name="Threshold">Only those above (or, ascending, below) this value, in the measure's unit; null for all.</param>
public sealed record PlannedRanking(Measure By, int? Limit, bool Ascending = false, double? Threshold = null);
