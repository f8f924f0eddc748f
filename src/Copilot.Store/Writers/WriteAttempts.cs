using Copilot.Store.Intake;
using Npgsql;

namespace Copilot.Store.Writers;

/// <summary>
/// Runs a transaction until it commits: what may pass by itself (a restart, a deadlock, a broken connection) is tried again for a while,
/// and so is what hung, after whatever it hung in has been ended.
/// </summary>
internal sealed class WriteAttempts(CopilotDatabase database, StuckWrites stuck, TimeProvider time)
{
    private const int MostRescues = 2;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    /// <summary>The server ends what takes too long; only what it could not end is left after this.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(1);

    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> transaction, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var rescues = 0;
        for (var attempt = 1; ; attempt++)
        {
            var hung = false;
            try
            {
                using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await using var connection = await database.Intake.OpenConnectionAsync(giveUp.Token);
                var work = transaction(connection, giveUp.Token);
                hung = await HangsAsync(work, giveUp.Token);
                if (hung)
                {
                    // The end of the server's process ends the waiting for it too.
                    await stuck.EndAsync(connection.ProcessID);
                    giveUp.CancelAfter(_grace);
                }

                return await work;
            }
            catch (PostgresException exception) when (IsContent(exception.SqlState))
            {
                throw new UnstorableTelemetryException(
                    $"The telemetry store refuses this request's content: {exception.MessageText}",
                    exception
                );
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
            {
                var rescued = hung && ++rescues <= MostRescues;
                if (
                    cancellationToken.IsCancellationRequested
                    || (!rescued && (time.GetElapsedTime(started) > _patience || !IsPassing(exception)))
                )
                {
                    database.Failures.Note(time.GetUtcNow(), $"The telemetry store cannot take writes: {exception.Message}");
                    throw new StoreUnavailableException($"The telemetry store cannot take writes now: {exception.Message}", exception);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, 25 << Math.Min(attempt, 6))), time, CancellationToken.None);
            }
        }
    }

    private async Task<bool> HangsAsync(Task work, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var late = Task.Delay(database.WriteLimit + _grace, time, done.Token);
        var first = await Task.WhenAny(work, late);
        await done.CancelAsync();
        return first == late && !cancellationToken.IsCancellationRequested;
    }

    // 22: a value is out of what the type takes; 54: a row or an index entry is too large; 23 without 23505 would be a broken promise of
    // ours.
    private static bool IsContent(string state) =>
        state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("54", StringComparison.Ordinal);

    // A full disk does not pass by itself; a restart (57), a deadlock (40), a lock or a connection that is not to be had (55, 08, 53) does.
    private static bool IsPassing(Exception exception) =>
        exception is not PostgresException { SqlState: var state }
        || (state != PostgresErrorCodes.DiskFull && state[..2] is "40" or "53" or "55" or "57" or "08");
}
