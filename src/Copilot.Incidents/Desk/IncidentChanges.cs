namespace Copilot.Incidents.Desk;

/// <summary>Says that an incident has changed; whoever shows it reads it again.</summary>
public sealed class IncidentChanges : IDisposable
{
    private readonly SemaphoreSlim work = new(0, 1);

    /// <summary>The incident's id. Raised on any thread; a handler returns at once.</summary>
    public event Action<string>? Changed;

    public void Dispose() => work.Dispose();

    internal void Raise(string incidentId) => Changed?.Invoke(incidentId);

    /// <summary>New steps wait in the outbox.</summary>
    internal void RaiseWork(string incidentId)
    {
        Raise(incidentId);
        try
        {
            work.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has been told already.
        }
    }

    internal async Task WaitForWorkAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellation)
    {
        using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var told = work.WaitAsync(waited.Token);
        await Task.WhenAny(told, Task.Delay(longest, time, waited.Token));
        await waited.CancelAsync();
        try
        {
            await told;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Time is up.
        }
    }
}
