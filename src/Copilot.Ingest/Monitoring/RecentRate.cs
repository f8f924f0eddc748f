namespace Copilot.Ingest.Monitoring;

/// <summary>How much came a second, over the last minute.</summary>
internal sealed class RecentRate(TimeProvider time)
{
    private const int Seconds = 60;

    private readonly Lock door = new();
    private readonly long[] counts = new long[Seconds];
    private readonly long since = Second(time);
    private long last = Second(time);

    public void Add(long count)
    {
        lock (door)
        {
            Turn();
            counts[last % Seconds] += count;
        }
    }

    public double PerSecond()
    {
        lock (door)
        {
            Turn();
            return counts.Sum() / (double)Math.Clamp(last - since, 1, Seconds);
        }
    }

    /// <summary>Clears the seconds in which nothing came.</summary>
    private void Turn()
    {
        var now = Second(time);
        if (now - last >= Seconds) Array.Clear(counts);
        else
        {
            for (var second = last + 1; second <= now; second++) counts[second % Seconds] = 0;
        }

        last = Math.Max(last, now);
    }

    private static long Second(TimeProvider time) => time.GetTimestamp() / time.TimestampFrequency;
}
