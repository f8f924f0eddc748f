using System.Buffers;
using System.Numerics;

namespace Copilot.Telemetry.Records;

/// <summary>
/// Counts durations in buckets that are at most 1/64 of their value wide, so that a quantile is within 1 % of the nearest-rank one
/// (0.8 % at most; exact below 128 ns). Sparse, mergeable, and packed into a few dozen bytes for a rollup row.
/// </summary>
/// <remarks>
/// Packed: for each bucket in ascending order, the step from the bucket before and the count, as varints. Packed histograms of several
/// rows merge by <see cref="Merge(ReadOnlySpan{byte})"/> in any order.
/// </remarks>
public sealed class DurationHistogram
{
    private const int Bits = 6;
    private const int Half = 1 << Bits;
    private static readonly int Buckets = BucketOf(long.MaxValue) + 1;

    /// <summary>Room for what is unpacked, one for each thread: a fleet's minutes hold tens of thousands of packed ones.</summary>
    [ThreadStatic]
    private static int[]? _unpackedBuckets;

    [ThreadStatic]
    private static long[]? _unpackedCounts;

    private int[] _buckets = new int[8];
    private long[] _counts = new long[8];
    private int _length;

    public long Count { get; private set; }

    public bool IsEmpty => Count == 0;

    /// <summary>The bucket of a duration: its position of the leading bit and the six bits that follow.</summary>
    public static int BucketOf(long nanos)
    {
        if (nanos < 2 * Half)
            return (int)Math.Max(0, nanos);
        var shift = BitOperations.Log2((ulong)nanos) - Bits;
        return (shift << Bits) + (int)(nanos >> shift);
    }

    /// <summary>The middle of a bucket, in nanoseconds.</summary>
    public static long MiddleOf(int bucket)
    {
        if (bucket < 2 * Half)
            return bucket;
        var shift = (bucket >> Bits) - 1;
        var low = (long)(bucket - (shift << Bits)) << shift;
        return low + ((1L << shift) >> 1);
    }

    public void Add(long nanos, long count = 1) => AddBucket(BucketOf(nanos), count);

    public void Merge(ReadOnlySpan<byte> packed)
    {
        var buckets = _unpackedBuckets ??= new int[Half];
        var counts = _unpackedCounts ??= new long[Half];
        var (bucket, length) = (0, 0);
        while (!packed.IsEmpty)
        {
            if (length == buckets.Length)
            {
                Array.Resize(ref buckets, 2 * length);
                Array.Resize(ref counts, 2 * length);
                (_unpackedBuckets, _unpackedCounts) = (buckets, counts);
            }

            bucket += (int)ReadVarint(ref packed);
            buckets[length] = bucket;
            counts[length++] = (long)ReadVarint(ref packed);
        }

        MergeAscending(buckets.AsSpan(0, length), counts);
    }

    /// <summary>Very many packed ones: counted bucket by bucket before they are sorted in.</summary>
    public void Merge(IReadOnlyCollection<byte[]> packed)
    {
        if (packed.Count < Half)
        {
            foreach (var histogram in packed)
                Merge(histogram);
            return;
        }

        var counts = ArrayPool<long>.Shared.Rent(Buckets);
        Array.Clear(counts);
        foreach (var histogram in packed)
        {
            ReadOnlySpan<byte> left = histogram;
            var bucket = 0;
            while (!left.IsEmpty)
            {
                bucket += (int)ReadVarint(ref left);
                counts[bucket] += (long)ReadVarint(ref left);
            }
        }

        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            if (counts[bucket] != 0)
                AddBucket(bucket, counts[bucket]);
        }

        ArrayPool<long>.Shared.Return(counts);
    }

    public void Merge(DurationHistogram other) => MergeAscending(other._buckets.AsSpan(0, other._length), other._counts);

    /// <summary>
    /// The nearest-rank quantile in nanoseconds, 0 &lt; q ≤ 1; null where nothing was counted. Give the known extremes, so that an answer
    /// never lies outside of what was measured.
    /// </summary>
    public long? Quantile(double q, long minimum = 0, long maximum = long.MaxValue)
    {
        if (Count == 0)
            return null;
        var rank = Math.Clamp((long)Math.Ceiling(q * Count), 1, Count);
        long seen = 0;
        for (var i = 0; i < _length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return Math.Clamp(MiddleOf(_buckets[i]), minimum, Math.Max(minimum, maximum));
        }

        return null;
    }

    /// <summary>The middles of the shortest and the longest bucket that holds anything; null where none does.</summary>
    public (long Shortest, long Longest)? Extremes()
    {
        var first = Array.FindIndex(_counts, 0, _length, static count => count > 0);
        return first < 0
            ? null
            : (
                MiddleOf(_buckets[first]),
                MiddleOf(_buckets[Array.FindLastIndex(_counts, _length - 1, _length, static count => count > 0)])
            );
    }

    /// <summary>How many durations are longer than the given one, by buckets' middles.</summary>
    public long CountAbove(long nanos)
    {
        long above = 0;
        for (var i = _length - 1; i >= 0 && MiddleOf(_buckets[i]) > nanos; i--)
            above += _counts[i];

        return above;
    }

    public byte[] ToBytes()
    {
        var writer = new ArrayBufferWriter<byte>(4 + (_length * 3));
        var last = 0;
        for (var i = 0; i < _length; i++)
        {
            // What was counted and taken out again is as if it had never been.
            if (_counts[i] <= 0)
                continue;
            WriteVarint(writer, (ulong)(_buckets[i] - last));
            WriteVarint(writer, (ulong)_counts[i]);
            last = _buckets[i];
        }

        return writer.WrittenSpan.ToArray();
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }

        throw new FormatException("A packed histogram ends in the middle of a number.");
    }

    private static void WriteVarint(ArrayBufferWriter<byte> writer, ulong value)
    {
        var span = writer.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        writer.Advance(length);
    }

    /// <summary>All in one go from the last to the first, each moved once at most.</summary>
    private void MergeAscending(ReadOnlySpan<int> buckets, ReadOnlySpan<long> counts)
    {
        var missing = 0;
        for (int i = 0, at = 0; i < buckets.Length; i++)
        {
            Count += counts[i];
            while (at < _length && _buckets[at] < buckets[i])
                at++;
            missing += at < _length && _buckets[at] == buckets[i] ? 0 : 1;
        }

        var (own, to) = (_length - 1, _length + missing - 1);
        Reserve(_length += missing);
        for (var i = buckets.Length - 1; i >= 0; to--)
        {
            if (own >= 0 && _buckets[own] > buckets[i])
            {
                (_buckets[to], _counts[to]) = (_buckets[own], _counts[own]);
                own--;
                continue;
            }

            var known = own >= 0 && _buckets[own] == buckets[i] ? _counts[own--] : 0;
            (_buckets[to], _counts[to]) = (buckets[i], known + counts[i]);
            i--;
        }
    }

    private void Reserve(int length)
    {
        if (length <= _buckets.Length)
            return;
        Array.Resize(ref _buckets, Math.Max(length, _buckets.Length * 2));
        Array.Resize(ref _counts, _buckets.Length);
    }

    private void AddBucket(int bucket, long count)
    {
        Count += count;
        var at = Array.BinarySearch(_buckets, 0, _length, bucket);
        if (at >= 0)
        {
            _counts[at] += count;
            return;
        }

        at = ~at;
        Reserve(_length + 1);
        Array.Copy(_buckets, at, _buckets, at + 1, _length - at);
        Array.Copy(_counts, at, _counts, at + 1, _length - at);
        _buckets[at] = bucket;
        _counts[at] = count;
        _length++;
    }
}
