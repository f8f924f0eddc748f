namespace Copilot.Store.Reads.Breakdowns;

/// <param name="Bad">How many requests are bad.</param>
/// <param name="Good">How many are not.</param>
public sealed record AttributeCounts(long Bad, long Good, IReadOnlyList<AttributeCount> Values);
