using Npgsql;

namespace Copilot.Store.Intake;

/// <summary>Runs a transaction until it commits: what may pass by itself (a restart, a deadlock, a broken connection) is tried again for a while.</summary>
internal sealed class WriteAttempts(CopilotDatabase database, TimeProvider time)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> transaction, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
                return await transaction(connection);
            }
            catch (PostgresException exception) when (IsContent(exception.SqlState))
            {
                throw new UnstorableTelemetryException($"The telemetry store refuses this request's content: {exception.MessageText}", exception);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
            {
                if (cancellationToken.IsCancellationRequested || time.GetElapsedTime(started) > _patience || !IsPassing(exception))
                    throw new StoreUnavailableException($"The telemetry store cannot take writes now: {exception.Message}", exception);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, 25 << Math.Min(attempt, 6))), time, CancellationToken.None);
            }
        }
    }

    // 22: a value is out of what the type takes; 54: a row or an index entry is too large; 23 without 23505 would be a broken promise of ours.
    private static bool IsContent(string state) =>
        state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("54", StringComparison.Ordinal);

    // A full disk does not pass by itself; a restart (57), a deadlock (40), a lock or a connection that is not to be had (55, 08, 53) does.
    private static bool IsPassing(Exception exception) =>
        exception is not PostgresException { SqlState: var state }
        || (state != PostgresErrorCodes.DiskFull && state[..2] is "40" or "53" or "55" or "57" or "08");
}
