namespace Copilot.Agent.Answers;

/// <param name="Share">Of the bad requests, 0 to 1.</param>
/// <param name="Lift">The share among the bad ÷ the share among the good.</param>
public sealed record BreakdownItem(string Value, long Count, double Share, double Lift);
