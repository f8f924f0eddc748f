namespace Copilot.Models.Tests.Doubles;

/// <summary>What a model gets to see of one request, whichever protocol brought it.</summary>
/// <param name="Round">How many rounds of calls were answered so far.</param>
/// <param name="Results">What the tools gave back, in order.</param>
/// <param name="Tools">The tools that may be called now.</param>
/// <param name="Everything">All text of the request.</param>
public sealed record ChatTurn(int Round, IReadOnlyList<string> Results, IReadOnlyList<string> Tools, string Everything);
