namespace Copilot.Agent.Answers;

/// <summary>One claim of the answer with the query it comes from and the traces that show it.</summary>
public sealed record Evidence(string Id, string Query, string Claim, IReadOnlyList<string> TraceIds);
