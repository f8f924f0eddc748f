namespace Copilot.Store.Status;

/// <summary>The hourly partitions of one kind of telemetry.</summary>
/// <param name="Kind"><c>spans</c>, <c>logs</c> or <c>metric_points</c>.</param>
/// <param name="Count">How many there are, those made ahead included.</param>
/// <param name="Bytes">On disk, with indexes.</param>
/// <param name="Oldest">The start of the oldest hour; null: none.</param>
/// <param name="Newest">The start of the latest hour that holds anything; null: none.</param>
public sealed record PartitionStatus(string Kind, int Count, long Bytes, DateTimeOffset? Oldest, DateTimeOffset? Newest);
