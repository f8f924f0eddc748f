namespace Copilot.Ingest.Monitoring;

/// <summary>What has come in of one signal since the app started.</summary>
internal sealed class SignalCounters(TimeProvider time)
{
    private readonly RecentRate rate = new(time);
    private readonly RecentRate shedRate = new(time);
    private long requests;
    private long bytes;
    private long received;
    private long stored;
    private long duplicates;
    private long shed;
    private long rejected;

    public SignalStatus Read() => new(
        Interlocked.Read(ref requests),
        Interlocked.Read(ref bytes),
        Interlocked.Read(ref received),
        Interlocked.Read(ref stored),
        Interlocked.Read(ref duplicates),
        Interlocked.Read(ref shed),
        Interlocked.Read(ref rejected),
        rate.PerSecond(),
        shedRate.PerSecond());

    public void Request(long size)
    {
        Interlocked.Increment(ref requests);
        Interlocked.Add(ref bytes, size);
    }

    public void Written(int itemsReceived, int itemsStored, int itemsDuplicate, int itemsShed)
    {
        Interlocked.Add(ref received, itemsReceived);
        Interlocked.Add(ref stored, itemsStored);
        Interlocked.Add(ref duplicates, itemsDuplicate);
        Interlocked.Add(ref shed, itemsShed);
        rate.Add(itemsReceived);
        if (itemsShed > 0) shedRate.Add(itemsShed);
    }

    public void Reject(long items) => Interlocked.Add(ref rejected, items);
}
