namespace Copilot.Ingest.Admission;

/// <summary>How many bytes of bodies are in memory, and how many may be.</summary>
internal sealed class BodyMemory(IngestOptions options)
{
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    /// <summary>
    /// Takes more bytes for a body that holds some already. The only body in memory is never refused, or the largest
    /// that is allowed could never come in.
    /// </summary>
    public bool TryReserve(long bytes, long held)
    {
        var now = Interlocked.Add(ref _used, bytes);
        if (now <= options.BodiesInFlight || now == held + bytes)
            return true;
        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);
}

/// <summary>What one request takes of the memory for bodies, from its first byte until it is answered.</summary>
internal sealed class BodyShare(BodyMemory memory) : IDisposable
{
    private long _held;

    /// <summary>Makes sure that at least so many bytes are held.</summary>
    /// <exception cref="BodyMemoryExhaustedException">Too many bodies are in memory already.</exception>
    public void Hold(long bytes)
    {
        var missing = bytes - _held;
        if (missing <= 0)
            return;
        if (!memory.TryReserve(missing, _held))
            throw new BodyMemoryExhaustedException();
        _held += missing;
    }

    public void Dispose()
    {
        memory.Release(_held);
        _held = 0;
    }
}

/// <summary>All memory for bodies is taken; the sender is to wait.</summary>
internal sealed class BodyMemoryExhaustedException() : Exception("Too many bodies are being read at once.");
