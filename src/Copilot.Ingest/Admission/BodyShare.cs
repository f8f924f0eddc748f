namespace Copilot.Ingest.Admission;

/// <summary>What one request takes of the memory for bodies, from its first byte until it is answered.</summary>
internal sealed class BodyShare(BodyMemory memory) : IDisposable
{
    private long held;

    /// <summary>Makes sure that at least so many bytes are held.</summary>
    /// <exception cref="BodyMemoryExhaustedException">Too many bodies are in memory already.</exception>
    public void Hold(long bytes)
    {
        var missing = bytes - held;
        if (missing <= 0) return;
        if (!memory.TryReserve(missing, held)) throw new BodyMemoryExhaustedException();
        held += missing;
    }

    public void Dispose()
    {
        memory.Release(held);
        held = 0;
    }
}
