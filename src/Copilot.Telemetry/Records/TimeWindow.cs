using System.Globalization;

namespace Copilot.Telemetry.Records;

/// <summary>A half-open stretch of time, [from, to), in nanoseconds since the Unix epoch.</summary>
public readonly record struct TimeWindow(long FromNs, long ToNs)
{
    public TimeWindow(DateTimeOffset from, DateTimeOffset to)
        : this(UnixNanos.From(from), UnixNanos.From(to)) { }

    public DateTimeOffset From => UnixNanos.ToTime(FromNs);

    public DateTimeOffset To => UnixNanos.ToTime(ToNs);

    public TimeSpan Length => To - From;

    public double Seconds => (ToNs - FromNs) / 1e9;

    public bool IsEmpty => ToNs <= FromNs;

    public bool Contains(long nanos) => nanos >= FromNs && nanos < ToNs;

    public bool Overlaps(TimeWindow other) => FromNs < other.ToNs && other.FromNs < ToNs;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{From:O}, {To:O})");
}
