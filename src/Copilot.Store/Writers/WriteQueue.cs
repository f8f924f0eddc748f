using System.Threading.Channels;
using Copilot.Store.Intake;
using Copilot.Telemetry.Intake;

namespace Copilot.Store.Writers;

/// <summary>
/// Batches that wait to be written. Each of a few workers takes all that waits, up to a number of items, as one group for one
/// transaction: under load groups grow by themselves while the transaction before commits; an idle store adds no delay.
/// </summary>
internal sealed class WriteQueue<TBatch> : IAsyncDisposable
    where TBatch : TelemetryBatch
{
    private readonly Channel<Pending> _channel = Channel.CreateUnbounded<Pending>();
    private readonly Func<IReadOnlyList<TBatch>, CancellationToken, Task<WriteResult[]>> _write;
    private readonly int _mostItems;
    private readonly Task[] _workers;
    private readonly CancellationTokenSource _stopping = new();
    private long _pendingItems;

    public WriteQueue(int workers, int mostItems, Func<IReadOnlyList<TBatch>, CancellationToken, Task<WriteResult[]>> write)
    {
        _write = write;
        _mostItems = mostItems;
        _workers = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync))];
    }

    public long PendingItems => Interlocked.Read(ref _pendingItems);

    public async Task<WriteResult> EnqueueAsync(TBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new Pending(batch);
        Interlocked.Add(ref _pendingItems, batch.Count);
        if (!_channel.Writer.TryWrite(pending))
        {
            Interlocked.Add(ref _pendingItems, -batch.Count);
            throw new StoreUnavailableException("The store is being closed; the request may be sent again.");
        }

        // Not cancelled with the request: its rows may be in a transaction already, and its memory must stay until that is over.
        return await pending.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        _stopping.CancelAfter(TimeSpan.FromSeconds(20));
        await Task.WhenAll(_workers);
        _stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        var group = new List<Pending>();
        while (await _channel.Reader.WaitToReadAsync())
        {
            group.Clear();
            var items = 0;
            while (items < _mostItems && _channel.Reader.TryRead(out var pending))
            {
                group.Add(pending);
                items += pending.Batch.Count;
            }

            if (group.Count > 0)
                await WriteAsync(group);
        }
    }

    private async Task WriteAsync(IReadOnlyList<Pending> group)
    {
        try
        {
            var results = await _write([.. group.Select(static pending => pending.Batch)], _stopping.Token);
            for (var i = 0; i < group.Count; i++)
                Finish(group[i], results[i], null);
        }
        catch (UnstorableTelemetryException) when (group.Count > 1)
        {
            // One of them carries something that the store refuses: each on its own, so that the others are stored.
            foreach (var pending in group)
                await WriteAsync([pending]);
        }
        catch (Exception exception)
        {
            foreach (var pending in group)
                Finish(pending, null, exception);
        }
    }

    private void Finish(Pending pending, WriteResult? result, Exception? exception)
    {
        Interlocked.Add(ref _pendingItems, -pending.Batch.Count);
        if (result is not null)
            pending.Done.TrySetResult(result);
        else
            pending.Done.TrySetException(exception!);
    }

    private sealed record Pending(TBatch Batch)
    {
        public TaskCompletionSource<WriteResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
