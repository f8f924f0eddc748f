namespace Copilot.Incidents.Outbox;

/// <summary>Says that an incident has changed; whoever shows it reads it again.</summary>
public sealed class IncidentChanges : IDisposable
{
    private readonly SemaphoreSlim _work = new(0, 1);

    /// <summary>The incident's id. Raised on any thread; a handler returns at once.</summary>
    public event Action<string>? Changed;

    public void Dispose() => _work.Dispose();

    internal void Raise(string incidentId) => Changed?.Invoke(incidentId);

    /// <summary>New steps wait in the outbox.</summary>
    internal void RaiseWork(string incidentId)
    {
        Raise(incidentId);
        try
        {
            _work.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has been told already.
        }
    }

    internal async Task WaitForWorkAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var told = _work.WaitAsync(waited.Token);
        await Task.WhenAny(told, Task.Delay(longest, time, waited.Token));
        await waited.CancelAsync();
        try
        {
            await told;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time is up.
        }
    }
}
