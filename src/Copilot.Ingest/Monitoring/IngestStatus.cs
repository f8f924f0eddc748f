namespace Copilot.Ingest.Monitoring;

/// <summary>How the intake is doing, for a page and for <c>/metrics</c>.</summary>
public sealed record IngestStatus
{
    public required DateTimeOffset Since { get; init; }

    public required IReadOnlyDictionary<Signal, SignalStatus> Signals { get; init; }

    /// <summary>Requests that were not taken, by HTTP's status for it.</summary>
    public required IReadOnlyDictionary<int, long> Refused { get; init; }

    /// <summary>Items that wait for the store.</summary>
    public required long PendingItems { get; init; }

    /// <summary>Bytes of bodies in memory.</summary>
    public required long BodyBytes { get; init; }

    /// <summary>The share of boring traces that is stored now; below 1 some are only counted.</summary>
    public required double KeptShare { get; init; }

    /// <summary>How often the managed Postgres had to be started again.</summary>
    public required int StoreRestarts { get; init; }

    /// <summary>What senders got wrong, the latest first.</summary>
    public required IReadOnlyList<SenderMistake> Mistakes { get; init; }

    /// <summary>When a request was last taken; null: none yet.</summary>
    public required DateTimeOffset? LastReceived { get; init; }
}
