using System.Numerics;

namespace Copilot.Ingest.Admission;

/// <summary>How long the requests of one operation last, of late: four buckets an octave, older requests count less and less.</summary>
internal sealed class OperationHabit
{
    private const int Enough = 100;
    private const int Halving = 8192;
    private const int Refresh = 64;

    private readonly ushort[] buckets = new ushort[256];
    private int total;
    private int slowFrom = int.MaxValue;

    /// <summary>Counts a request; true when it is out of the ordinary: slower than the 99th percentile, or of an operation seldom seen.</summary>
    public bool Note(long durationNs)
    {
        var bucket = Bucket(durationNs);
        buckets[bucket]++;
        total++;
        var unusual = total <= Enough || bucket > slowFrom;
        if (total % Refresh == 0 || total == Enough) slowFrom = Percentile99();
        if (total >= Halving) Halve();
        return unusual;
    }

    private static int Bucket(long durationNs)
    {
        var value = (ulong)Math.Max(4, durationNs);
        var octave = BitOperations.Log2(value);
        return (octave << 2) | (int)((value >> (octave - 2)) & 3);
    }

    private int Percentile99()
    {
        var beyond = total / 100;
        for (var bucket = buckets.Length - 1; bucket >= 0; bucket--)
        {
            beyond -= buckets[bucket];
            if (beyond < 0) return bucket;
        }

        return 0;
    }

    private void Halve()
    {
        total = 0;
        for (var bucket = 0; bucket < buckets.Length; bucket++)
        {
            buckets[bucket] /= 2;
            total += buckets[bucket];
        }
    }
}
