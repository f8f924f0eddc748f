namespace Copilot.Ingest.Monitoring;

/// <summary>How much came a second, over the last minute.</summary>
internal sealed class RecentRate(TimeProvider time)
{
    private const int Seconds = 60;

    private readonly Lock _door = new();
    private readonly long[] _counts = new long[Seconds];
    private readonly long _since = Second(time);
    private long _last = Second(time);

    public void Add(long count)
    {
        lock (_door)
        {
            Turn();
            _counts[_last % Seconds] += count;
        }
    }

    public double PerSecond()
    {
        lock (_door)
        {
            Turn();
            return _counts.Sum() / (double)Math.Clamp(_last - _since, 1, Seconds);
        }
    }

    /// <summary>Clears the seconds in which nothing came.</summary>
    private void Turn()
    {
        var now = Second(time);
        if (now - _last >= Seconds)
            Array.Clear(_counts);
        else
        {
            for (var second = _last + 1; second <= now; second++)
                _counts[second % Seconds] = 0;
        }

        _last = Math.Max(_last, now);
    }

    private static long Second(TimeProvider time) => time.GetTimestamp() / time.TimestampFrequency;
}
