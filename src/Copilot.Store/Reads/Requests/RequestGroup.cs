namespace Copilot.Store.Reads.Requests;

/// <summary>The requests of one group: the members that the grouping does not name are null.</summary>
/// <param name="Value">The attribute's value, where grouped by one; null too for requests without it.</param>
public sealed record RequestGroup(string? Service, string? Operation, string? Value, RequestStatistics Statistics);
