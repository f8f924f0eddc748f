namespace Copilot.Ingest;

/// <summary>How telemetry is taken in. Bound from the section <c>Ingest</c>.</summary>
public sealed record IngestOptions
{
    /// <summary>The largest body, also after decompression, in bytes.</summary>
    public int BodyLimit { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes of bodies that may be in memory at once; beyond it senders are asked to wait.</summary>
    public long BodiesInFlight { get; init; } = 96L * 1024 * 1024;

    /// <summary>Items waiting for the store at which boring traces begin to be shed.</summary>
    public long ShedFrom { get; init; } = 40_000;

    /// <summary>Items waiting for the store at which senders are asked to wait.</summary>
    public long PushBackFrom { get; init; } = 160_000;

    /// <summary>Keys by the sender's name, asked of senders on other machines: <c>Ingest__Keys__NAME=secret</c>.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();
}
