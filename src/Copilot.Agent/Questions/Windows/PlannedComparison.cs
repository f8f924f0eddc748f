namespace Copilot.Agent.Questions.Windows;

/// <summary>The two sides of a comparison. What a side leaves null it takes from the plan.</summary>
public sealed record PlannedComparison(ComparisonSide Before, ComparisonSide After);
