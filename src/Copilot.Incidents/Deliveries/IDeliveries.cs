namespace Copilot.Incidents.Deliveries;

/// <summary>
/// A queue in the database for what other systems send: what was taken is worked off once, across restarts, and what its sender repeats
/// is not taken again.
/// </summary>
public interface IDeliveries
{
    /// <summary>Safe when it returns. False where the same was taken before.</summary>
    Task<bool> TakeAsync(string source, string key, string kind, string body, CancellationToken cancellation);

    /// <summary>The next one that is due, for this process alone; null where none is.</summary>
    Task<Delivery?> NextAsync(string source, CancellationToken cancellation);

    /// <summary>Notes what was made outside, for whoever takes it up again.</summary>
    Task NoteAsync(Delivery delivery, string progress, CancellationToken cancellation);

    Task DoneAsync(Delivery delivery, CancellationToken cancellation);

    /// <summary>It did not work. Taken up again after the pause; for good where that is null.</summary>
    Task FailedAsync(Delivery delivery, string error, TimeSpan? again, CancellationToken cancellation);

    /// <summary>Gives back what processes of this machine held when they died.</summary>
    Task ReleaseOfTheDeadAsync(string source, CancellationToken cancellation);
}
