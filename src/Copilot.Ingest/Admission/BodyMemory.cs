namespace Copilot.Ingest.Admission;

/// <summary>How many bytes of bodies are in memory, and how many may be.</summary>
internal sealed class BodyMemory(IngestOptions options)
{
    private long used;

    public long Used => Interlocked.Read(ref used);

    /// <summary>
    /// Takes more bytes for a body that holds some already. The only body in memory is never refused, or the largest
    /// that is allowed could never come in.
    /// </summary>
    public bool TryReserve(long bytes, long held)
    {
        var now = Interlocked.Add(ref used, bytes);
        if (now <= options.BodiesInFlight || now == held + bytes) return true;
        Interlocked.Add(ref used, -bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref used, -bytes);
}
