namespace Copilot.Telemetry.Intake;

/// <summary>How much of one item is taken; what is beyond is cut or left out, and the item says so in its own attributes.</summary>
public sealed record DecodeLimits
{
    /// <summary>The usual ones, for a request that comes in now.</summary>
    public static DecodeLimits Default => new() { Times = TimeBounds.At(TimeProvider.System.GetUtcNow()) };

    /// <summary>Which times are taken, and what stands for one that is missing.</summary>
    public required TimeBounds Times { get; init; }

    /// <summary>Bytes of UTF-8 kept of one text value. A cut value's key is listed in <c>copilot.truncated</c>.</summary>
    public int ValueBytes { get; init; } = 32 * 1024;

    /// <summary>Attributes kept of one item; those beyond are counted in <c>otel.dropped_attributes_count</c>.</summary>
    public int Attributes { get; init; } = 512;

    /// <summary>Events kept of one span (and as many links); those beyond are counted in <c>otel.dropped_events_count</c> (<c>…links_count</c>).</summary>
    public int Events { get; init; } = 1000;

    /// <summary>Bytes of JSON that one item's attributes may take (its events and its links as many again).</summary>
    public int ItemBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes kept of names: services, operations, attribute keys, metrics. Some of them are index entries, which Postgres bounds.</summary>
    public int NameBytes { get; init; } = 512;

    /// <summary>How deep an attribute's value may nest; deeper parts become null.</summary>
    public int Depth { get; init; } = 16;
}
