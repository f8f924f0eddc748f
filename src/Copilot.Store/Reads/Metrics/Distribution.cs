using System.Text.Json;

namespace Copilot.Store.Reads.Metrics;

/// <summary>How many values lie where: a histogram's point, or what came between two, or several of them together.</summary>
public sealed record Distribution
{
    public static Distribution Empty { get; } = new();

    public long Count { get; init; }

    public double Sum { get; init; }

    /// <summary>Null where the sender did not record it, or it is not known for just these values.</summary>
    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>How many values lie in (Lower, Upper], by the bounds; without those of which there are none.</summary>
    public IReadOnlyDictionary<(double Lower, double Upper), long> Buckets { get; init; } =
        new Dictionary<(double Lower, double Upper), long>();

    /// <summary>What both hold together.</summary>
    public Distribution Plus(Distribution other)
    {
        var buckets = new Dictionary<(double, double), long>(Buckets);
        foreach (var (bucket, count) in other.Buckets)
            buckets[bucket] = buckets.GetValueOrDefault(bucket) + count;
        return new Distribution
        {
            Count = Count + other.Count,
            Sum = Sum + other.Sum,
            // Known of both, or not at all.
            Minimum = Extreme(this, other, d => d.Minimum, Math.Min),
            Maximum = Extreme(this, other, d => d.Maximum, Math.Max),
            Buckets = buckets,
        };
    }

    /// <summary>What came since an earlier point of the same series; null where it does not go on from it, but began anew. The highest
    /// and lowest value are known only where they went beyond the earlier ones.</summary>
    public Distribution? Since(Distribution before)
    {
        if (Count < before.Count)
            return null;
        var buckets = new Dictionary<(double, double), long>(Buckets);
        foreach (var (bucket, count) in before.Buckets)
            buckets[bucket] = buckets.GetValueOrDefault(bucket) - count;
        // Buckets that were split or joined since: what is where is no longer known apart, so the newer ones are scaled.
        if (buckets.Values.Any(count => count < 0))
        {
            // What was counted once stays counted, in whatever buckets: where it is gone the count began anew.
            if (before.Buckets.Any(b => b.Value > Buckets.Where(now => Overlap(now.Key, b.Key)).Sum(now => now.Value)))
                return null;
            var share = Count == 0 ? 0 : (double)(Count - before.Count) / Count;
            buckets = Buckets.ToDictionary(b => b.Key, b => (long)Math.Round(b.Value * share));
        }

        return new Distribution
        {
            Count = Count - before.Count,
            Sum = Sum - before.Sum,
            Minimum = Minimum < before.Minimum ? Minimum : null,
            Maximum = Maximum > before.Maximum ? Maximum : null,
            Buckets = buckets.Where(b => b.Value > 0).ToDictionary(b => b.Key, b => b.Value),
        };
    }

    private static bool Overlap((double Lower, double Upper) one, (double Lower, double Upper) other) =>
        one == other || (one.Lower < other.Upper && other.Lower < one.Upper);

    /// <summary>The value below which a share of all lies, taking those of a bucket as spread evenly; null where there are no buckets. In
    /// the last bucket, which has no end, its beginning or the highest value recorded.</summary>
    /// <param name="percent">0 to 100.</param>
    public double? Percentile(double percent)
    {
        var all = Buckets.Values.Sum();
        if (all == 0)
            return null;
        var rank = Math.Clamp(percent, 0, 100) / 100 * all;
        double below = 0;
        foreach (var (bucket, count) in Buckets.OrderBy(b => b.Key.Upper).ThenBy(b => b.Key.Lower))
        {
            if (below + count < rank)
            {
                below += count;
                continue;
            }

            var lower = double.IsNegativeInfinity(bucket.Lower) ? Minimum ?? Math.Min(0, bucket.Upper) : bucket.Lower;
            if (double.IsPositiveInfinity(bucket.Upper))
                return Maximum ?? (double.IsFinite(bucket.Lower) ? bucket.Lower : null);
            var at = lower + ((bucket.Upper - lower) * Math.Clamp((rank - below) / count, 0, 1));
            return Math.Clamp(at, Minimum ?? double.NegativeInfinity, Maximum ?? double.PositiveInfinity);
        }

        return Maximum;
    }

    /// <summary>The end of the highest bucket with a value in it, or its beginning where it has none; null without buckets.</summary>
    public double? HighestBound =>
        Buckets.Count == 0 ? null
        : Buckets.Keys.Max(b => b.Upper) is var upper && double.IsFinite(upper) ? upper
        : Buckets.Keys.Max(b => b.Lower) is var lower && double.IsFinite(lower) ? lower
        : null;

    /// <summary>The beginning of the lowest bucket with a value in it, or its end where it has none; null without buckets.</summary>
    public double? LowestBound =>
        Buckets.Count == 0 ? null
        : Buckets.Keys.Min(b => b.Lower) is var lower && double.IsFinite(lower) ? lower
        : Buckets.Keys.Min(b => b.Upper) is var upper && double.IsFinite(upper) ? upper
        : null;

    /// <summary>The buckets of a stored point: explicit or exponential ones.</summary>
    public static IReadOnlyDictionary<(double Lower, double Upper), long> Read(string? json)
    {
        var buckets = new Dictionary<(double, double), long>();
        if (json is null)
            return buckets;
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.TryGetProperty("bounds", out var bounds))
        {
            var ends = bounds.EnumerateArray().Select(Number).Append(double.PositiveInfinity).ToList();
            var lower = double.NegativeInfinity;
            foreach (var (upper, count) in ends.Zip(Counts(root)))
            {
                Add(lower, upper, count);
                lower = upper;
            }
        }
        else if (root.TryGetProperty("scale", out var scale))
        {
            // The n-th bucket begins at 2^(n / 2^scale).
            var width = Math.Pow(2, -scale.GetInt32());
            var zero = root.GetProperty("zeroThreshold").GetDouble();
            Add(-zero, zero, root.GetProperty("zeroCount").GetInt64());
            foreach (var (n, count) in Side(root.GetProperty("positive")))
                Add(Math.Pow(2, n * width), Math.Pow(2, (n + 1) * width), count);
            foreach (var (n, count) in Side(root.GetProperty("negative")))
                Add(-Math.Pow(2, (n + 1) * width), -Math.Pow(2, n * width), count);
        }

        return buckets;

        void Add(double lower, double upper, long count)
        {
            if (count > 0)
                buckets[(lower, upper)] = buckets.GetValueOrDefault((lower, upper)) + count;
        }
    }

    private static IEnumerable<(double Bucket, long Count)> Side(JsonElement side)
    {
        var offset = side.GetProperty("offset").GetInt32();
        return Counts(side).Select((count, i) => ((double)offset + i, count));
    }

    private static IEnumerable<long> Counts(JsonElement holder) => holder.GetProperty("counts").EnumerateArray().Select(c => c.GetInt64());

    // What JSON has no number for is written as a text.
    private static double Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number ? element.GetDouble()
        : element.ValueKind == JsonValueKind.String && element.GetString() is { } text && text.StartsWith('-') ? double.NegativeInfinity
        : double.PositiveInfinity;

    private static double? Extreme(
        Distribution one,
        Distribution other,
        Func<Distribution, double?> of,
        Func<double, double, double> more
    ) =>
        one.Count == 0 ? of(other)
        : other.Count == 0 ? of(one)
        : of(one) is { } a && of(other) is { } b ? more(a, b)
        : null;
}
