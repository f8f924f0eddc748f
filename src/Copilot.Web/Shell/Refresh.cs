namespace Copilot.Web.Shell;

/// <summary>
/// Reads again after changes, at most every 100 ms: stores say that something changed, often many times in a row, and never what.
/// </summary>
public sealed class Refresh : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ITimer _timer;
    private int _waiting;

    /// <param name="read">Reads and draws; its failures are the component's to show.</param>
    public Refresh(TimeProvider time, Func<Task> read)
    {
        _timer = time.CreateTimer(
            _ =>
            {
                Interlocked.Exchange(ref _waiting, 0);
                _ = read();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>From any thread, as often as it likes.</summary>
    public void Request()
    {
        if (Interlocked.Exchange(ref _waiting, 1) == 0)
            _timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
