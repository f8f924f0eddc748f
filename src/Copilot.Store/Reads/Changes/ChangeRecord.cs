namespace Copilot.Store.Reads.Changes;

/// <summary>One change to a running system, from whatever source told of it.</summary>
public sealed record ChangeRecord(
    DateTimeOffset Time, string Service, string Kind, string? Version, string? PreviousVersion, string Summary, string? Author, string? Url,
    string Source);
