namespace Copilot.Store.Status;

/// <summary>How the store is doing.</summary>
public sealed record StoreStatus
{
    /// <summary>Postgres' version.</summary>
    public required string Version { get; init; }

    /// <summary>True: the copilot's own server; false: the user's.</summary>
    public required bool Managed { get; init; }

    /// <summary>The whole database on disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>What is free where the data lies; null where that is another machine.</summary>
    public required long? FreeBytes { get; init; }

    public required IReadOnlyList<PartitionStatus> Partitions { get; init; }

    public required DistillationStatus Distillation { get; init; }

    /// <summary>Minutes whose edges or attributes are still to be counted.</summary>
    public required long PendingMinutes { get; init; }
}
