namespace Copilot.Incidents.Record;

/// <summary>A past incident that looks like another.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Why">What they have in common, in words.</param>
/// <param name="Restored">How long it took to restore; null where it is still open.</param>
public sealed record SimilarIncident(string Id, int Number, string Title, DateTimeOffset At, double Score, string Why, TimeSpan? Restored);
