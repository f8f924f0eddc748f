namespace Copilot.Store.Samples;

/// <summary>An operation's requests in a stretch of time, from the rollups: every span received, kept or not.</summary>
/// <param name="Service">The name of its service.</param>
/// <param name="Operation">Its id.</param>
/// <param name="Requests">How many requests.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="MeanNs">How long they took on average.</param>
public readonly record struct OperationTotal(string Service, int Operation, long Requests, long Failed, double MeanNs);
