namespace Copilot.Analysis.Breakdowns;

/// <summary>A value that sets the bad requests apart.</summary>
/// <param name="Count">Bad requests with it.</param>
/// <param name="Share">Of all bad requests.</param>
/// <param name="Lift">Its share among the bad ÷ its share among the good; a good count of zero counts as a half.</param>
/// <param name="Surprise">In standard deviations.</param>
public sealed record BreakdownValue(string Value, long Count, double Share, double Lift, double Surprise);
