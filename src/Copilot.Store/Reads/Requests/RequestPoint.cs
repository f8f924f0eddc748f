namespace Copilot.Store.Reads.Requests;

/// <summary>The requests that start in one step of a series.</summary>
public sealed record RequestPoint(DateTimeOffset Time, RequestStatistics Statistics);
