using System.Runtime.ExceptionServices;
using Copilot.Language.Linking;
using Copilot.Store;
using Copilot.Store.Intake;

namespace Copilot.Answers.Conversations;

/// <summary>
/// Keeps what is known by name. What is new is read beside the questions (<see cref="KnownNamesUpkeep"/>); a question asks for what came
/// in since then, which is little, and where even that takes long it is read with what was known a moment before.
/// </summary>
public sealed class KnownNamesLoader(KnownNamesReader reader, TimeProvider time) : ITelemetryCatchUp, IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private NamesRead? _known;
    private long _asked;
    private long _answered;

    /// <exception cref="StoreException">The store cannot be reached.</exception>
    public async Task<KnownNames> CurrentAsync(CancellationToken cancellationToken)
    {
        var refreshing = RefreshAsync();
        if (Volatile.Read(ref _known) is null)
            await refreshing.WaitAsync(cancellationToken);
        else if (!refreshing.IsCompleted)
            await Task.WhenAny(refreshing, Task.Delay(ConversationThresholds.LongestWaitForNames, time, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (refreshing is { IsFaulted: true, Exception.InnerException: { } failure })
            ExceptionDispatchInfo.Throw(failure);
        return _known!.Names;
    }

    /// <summary>Reads what was committed before this was called, however much it is.</summary>
    public Task CatchUpAsync(CancellationToken cancellationToken) => RefreshAsync().WaitAsync(cancellationToken);

    public void Dispose() => _reading.Dispose();

    // Whoever asks while something is read needs a read that begins after they asked; all who ask meanwhile share that one.
    internal async Task RefreshAsync()
    {
        var asked = Interlocked.Increment(ref _asked);
        await _reading.WaitAsync();
        try
        {
            if (Interlocked.Read(ref _answered) >= asked)
                return;
            var all = Interlocked.Read(ref _asked);
            Volatile.Write(ref _known, await reader.ReadAsync(_known, CancellationToken.None));
            Interlocked.Exchange(ref _answered, all);
        }
        finally
        {
            _reading.Release();
        }
    }

    // All of it is read while what is new is still read into what was known before.
    internal async Task RenewAsync()
    {
        var anew = await reader.ReadAsync(null, CancellationToken.None);
        await _reading.WaitAsync();
        try
        {
            Volatile.Write(ref _known, anew);
        }
        finally
        {
            _reading.Release();
        }

        await RefreshAsync();
    }
}
