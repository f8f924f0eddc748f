namespace Copilot.Ingest.Monitoring;

/// <summary>What has come in of one signal since the app started.</summary>
internal sealed class SignalCounters(TimeProvider time)
{
    private readonly RecentRate _rate = new(time);
    private readonly RecentRate _shedRate = new(time);
    private long _requests;
    private long _bytes;
    private long _received;
    private long _stored;
    private long _duplicates;
    private long _shed;
    private long _rejected;

    public SignalStatus Read() =>
        new(
            Interlocked.Read(ref _requests),
            Interlocked.Read(ref _bytes),
            Interlocked.Read(ref _received),
            Interlocked.Read(ref _stored),
            Interlocked.Read(ref _duplicates),
            Interlocked.Read(ref _shed),
            Interlocked.Read(ref _rejected),
            _rate.PerSecond(),
            _shedRate.PerSecond()
        );

    public void Request(long size)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _bytes, size);
    }

    public void Written(int itemsReceived, int itemsStored, int itemsDuplicate, int itemsShed)
    {
        Interlocked.Add(ref _received, itemsReceived);
        Interlocked.Add(ref _stored, itemsStored);
        Interlocked.Add(ref _duplicates, itemsDuplicate);
        Interlocked.Add(ref _shed, itemsShed);
        _rate.Add(itemsReceived);
        if (itemsShed > 0)
            _shedRate.Add(itemsShed);
    }

    public void Reject(long items) => Interlocked.Add(ref _rejected, items);
}
