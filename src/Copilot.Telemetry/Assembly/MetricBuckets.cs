using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Text;

namespace Copilot.Telemetry.Assembly;

/// <summary>The buckets or quantiles of the point being read; written as JSON in the shape of <see
/// cref="MetricPointRow.Buckets"/>.</summary>
internal sealed class MetricBuckets
{
    /// <summary>More buckets than any SDK sends; a longer list is cut.</summary>
    private const int MostBuckets = 4096;

    private readonly List<double> _bounds = [];
    private readonly List<ulong> _counts = [];
    private readonly List<ulong> _negative = [];

    public int Scale { get; set; }

    public ulong ZeroCount { get; set; }

    public double ZeroThreshold { get; set; }

    public int PositiveOffset { get; set; }

    public int NegativeOffset { get; set; }

    public void Clear()
    {
        _bounds.Clear();
        _counts.Clear();
        _negative.Clear();
        Scale = PositiveOffset = NegativeOffset = 0;
        ZeroCount = 0;
        ZeroThreshold = 0;
    }

    public void AddBound(double bound) => Add(_bounds, bound);

    public void AddCount(ulong count) => Add(_counts, count);

    public void AddNegativeCount(ulong count) => Add(_negative, count);

    public void AddQuantile(double quantile, double value)
    {
        Add(_bounds, quantile);
        Add(_bounds, value);
    }

    /// <summary>The JSON in the arena; absent where the point has none.</summary>
    public TextSlice Write(MetricKind kind, Utf8Buffer arena)
    {
        var start = arena.Length;
        switch (kind)
        {
            case MetricKind.Histogram when _counts.Count > 0:
                arena.Write("{\"bounds\":["u8);
                WriteBounds(arena);
                arena.Write("],\"counts\":["u8);
                WriteCounts(arena, _counts);
                arena.Write("]}"u8);
                break;
            case MetricKind.ExponentialHistogram:
                arena.Write("{\"scale\":"u8);
                JsonText.WriteInt64(arena, Scale);
                arena.Write(",\"zeroCount\":"u8);
                JsonText.WriteInt64(arena, (long)Math.Min(ZeroCount, long.MaxValue));
                arena.Write(",\"zeroThreshold\":"u8);
                JsonText.WriteDouble(arena, ZeroThreshold);
                WriteSide(arena, ",\"positive\":{\"offset\":"u8, PositiveOffset, _counts);
                WriteSide(arena, ",\"negative\":{\"offset\":"u8, NegativeOffset, _negative);
                arena.Write((byte)'}');
                break;
            case MetricKind.Summary when _bounds.Count > 0:
                arena.Write("{\"quantiles\":["u8);
                WriteQuantiles(arena);
                arena.Write("]}"u8);
                break;
            default:
                return default;
        }

        return arena.Since(start);
    }

    private static void Add<T>(List<T> list, T value)
    {
        if (list.Count < MostBuckets)
            list.Add(value);
    }

    private static void WriteSide(Utf8Buffer arena, ReadOnlySpan<byte> prefix, int offset, List<ulong> counts)
    {
        arena.Write(prefix);
        JsonText.WriteInt64(arena, offset);
        arena.Write(",\"counts\":["u8);
        WriteCounts(arena, counts);
        arena.Write("]}"u8);
    }

    private static void WriteCounts(Utf8Buffer arena, List<ulong> counts)
    {
        for (var i = 0; i < counts.Count; i++)
        {
            if (i > 0)
                arena.Write((byte)',');
            JsonText.WriteInt64(arena, (long)Math.Min(counts[i], long.MaxValue));
        }
    }

    private void WriteBounds(Utf8Buffer arena)
    {
        for (var i = 0; i < _bounds.Count; i++)
        {
            if (i > 0)
                arena.Write((byte)',');
            JsonText.WriteDouble(arena, _bounds[i]);
        }
    }

    private void WriteQuantiles(Utf8Buffer arena)
    {
        for (var i = 0; i + 1 < _bounds.Count; i += 2)
        {
            arena.Write(i > 0 ? ",["u8 : "["u8);
            JsonText.WriteDouble(arena, _bounds[i]);
            arena.Write((byte)',');
            JsonText.WriteDouble(arena, _bounds[i + 1]);
            arena.Write((byte)']');
        }
    }
}
