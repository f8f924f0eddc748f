using Copilot.Agent.Answers.Results;

namespace Copilot.Agent.Answers.Items;

/// <param name="Count">Of the bad requests; of all, where nothing is said to be bad.</param>
/// <param name="Share">Of the bad requests, 0 to 1.</param>
/// <param name="Lift">The share among the bad ÷ the share among the good.</param>
/// <param name="Measured">The measure that was asked for of the requests with this value, in <see cref="BreakdownResult.Unit"/>; null where none was.</param>
public sealed record BreakdownItem(string Value, long Count, double Share, double Lift, double? Measured = null);
