using Copilot.Telemetry.Records;

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

    /// <summary>Events kept of one span (and as many links); those beyond are counted in <c>otel.dropped_events_count</c>
    /// (<c>…links_count</c>).</summary>
    public int Events { get; init; } = 1000;

    /// <summary>Bytes of JSON that one item's attributes may take (its events and its links as many again).</summary>
    public int ItemBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes kept of names: services, operations, attribute keys, metrics. Some of them are index entries, which Postgres
    /// bounds.</summary>
    public int NameBytes { get; init; } = 512;

    /// <summary>How deep an attribute's value may nest; deeper parts become null.</summary>
    public int Depth { get; init; } = 16;
}

/// <summary>
/// What of a request was not taken: how many items, and why, in words for the sender (the first few reasons); and what was taken
/// otherwise than it was sent.
/// </summary>
public sealed class Rejections
{
    private const int ReasonsKept = 5;
    private readonly List<string> _reasons = [];
    private readonly List<string> _remarks = [];
    private readonly HashSet<(string What, TimeFit Fit, bool Taken)> _times = [];

    public long Count { get; private set; }

    public IReadOnlyList<string> Reasons => _reasons;

    /// <summary>What the sender is told of items that were taken.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>True where there is nothing to tell.</summary>
    public bool IsEmpty => Count == 0 && _remarks.Count == 0;

    public void Add(string reason, long count = 1)
    {
        Count += count;
        Keep(_reasons, reason);
    }

    /// <summary>An item whose time is not taken. The first of a kind is shown, for they differ in nothing but the time.</summary>
    public void AddTime(TimeBounds bounds, string what, ulong nanos)
    {
        Count++;
        if (_times.Add((what, bounds.Judge(nanos), false)))
            Keep(_reasons, bounds.Explain(what, nanos));
    }

    public void Remark(string remark) => Keep(_remarks, remark);

    /// <summary>A time that was put aside, of an item that was taken without it.</summary>
    public void RemarkTime(TimeBounds bounds, string what, ulong nanos, string instead)
    {
        if (_times.Add((what, bounds.Judge(nanos), true)))
            Keep(_remarks, $"{bounds.Explain(what, nanos)}; {instead}");
    }

    /// <summary>One line for OTLP's <c>error_message</c>; empty when all was taken as it was sent.</summary>
    public override string ToString() => string.Join("; ", _reasons.Concat(_remarks));

    private static void Keep(List<string> told, string text)
    {
        if (told.Count < ReasonsKept && !told.Contains(text))
            told.Add(text);
    }
}
