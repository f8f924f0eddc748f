using System.Numerics;

namespace Copilot.Ingest.Admission;

/// <summary>How long the requests of one operation last, of late: four buckets an octave, older requests count less and less.</summary>
internal sealed class OperationBaseline
{
    private const int Enough = 100;
    private const int Halving = 8192;
    private const int Refresh = 64;

    private readonly ushort[] _buckets = new ushort[256];
    private int _total;
    private int _slowFrom = int.MaxValue;

    /// <summary>Counts a request; true when it is out of the ordinary: slower than the 99th percentile, or of an operation seldom
    /// seen.</summary>
    public bool Note(long durationNs)
    {
        var bucket = Bucket(durationNs);
        _buckets[bucket]++;
        _total++;
        var unusual = _total <= Enough || bucket > _slowFrom;
        if (_total % Refresh == 0 || _total == Enough)
            _slowFrom = Percentile99();
        if (_total >= Halving)
            Halve();
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
        var beyond = _total / 100;
        for (var bucket = _buckets.Length - 1; bucket >= 0; bucket--)
        {
            beyond -= _buckets[bucket];
            if (beyond < 0)
                return bucket;
        }

        return 0;
    }

    private void Halve()
    {
        _total = 0;
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            _buckets[bucket] /= 2;
            _total += _buckets[bucket];
        }
    }
}
