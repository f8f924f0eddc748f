using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Copilot.Store.Writers;

/// <summary>
/// Ends server processes of the intake that hang: past the limit at which the server itself would have ended them. Whatever they hold,
/// the others wait for. First by asking the server; one that is deaf to that (stopped, or caught in a loop) is ended through the
/// operating system, where the server is ours to manage.
/// </summary>
internal sealed class StuckWrites(CopilotDatabase database, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Returns once they are gone, or when there is no more to be done about them.</summary>
    /// <param name="backend">The server process of the write that is given up; ended whatever it says of itself, and by force where the
    /// server does not answer at all.</param>
    public async Task EndAsync(int backend)
    {
        await _one.WaitAsync();
        try
        {
            foreach (var process in await DeafAsync(backend))
            {
                database.Failures.Note(
                    time.GetUtcNow(),
                    $"Postgres' process {process} hung in the middle of a write and did not listen to the server; it was ended by force."
                );
                if (database.Server is { } server)
                    await server.EndBackendAsync(process);
                else
                    logger.LogError(
                        "Postgres' process {Process} hangs and cannot be ended from here; writes that need what it holds "
                            + "wait until it is gone.",
                        process
                    );
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Has the server end them; returns those that did not.</summary>
    private async Task<IReadOnlyList<int>> DeafAsync(int backend)
    {
        try
        {
            // A connection of its own, new: the pools' may all be waiting.
            await using var connection = database.FreshConnection();
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                """
                select pid, pg_terminate_backend(pid, 2000) from pg_stat_activity
                where application_name = $1 and datname = current_database() and pid <> pg_backend_pid()
                    -- One that was stopped before it read the command still says that it is idle.
                    and (pid = $3 or state <> 'idle' and clock_timestamp() - coalesce(xact_start, query_start, backend_start) >= $2)
                """,
                connection
            );
            command.Parameters.AddWithValue(IntakeConnections.ApplicationName);
            command.Parameters.AddWithValue(database.WriteLimit);
            command.Parameters.AddWithValue(backend);
            var deaf = new List<int>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                logger.LogWarning("A write hung in Postgres' process {Process}; the server was asked to end it.", reader.GetInt32(0));
                if (!reader.GetBoolean(1))
                    deaf.Add(reader.GetInt32(0));
            }

            return deaf;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            // What hangs may hold what every process needs: then the server answers nobody.
            logger.LogWarning(exception, "Postgres does not answer while a write hangs in its process {Process}.", backend);
            return backend > 0 ? [backend] : [];
        }
    }
}

/// <summary>How the intake's connections differ from those of reads.</summary>
internal static class IntakeConnections
{
    /// <summary>What the intake's sessions are called in <c>pg_stat_activity</c>.</summary>
    public const string ApplicationName = "copilot intake";

    private const int MostConnections = 12;

    public static string Of(string connectionString, TimeSpan writeLimit)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = ApplicationName,
            MaxPoolSize = MostConnections,
            KeepAlive = 15,
        };
        var limit = (long)writeLimit.TotalMilliseconds;
        // At the session's start, not by SET: those are forgotten whenever the pool hands the connection on.
        builder.Options = string.Create(
                CultureInfo.InvariantCulture,
                $"{builder.Options} -c statement_timeout={limit} -c lock_timeout={limit / 2} -c idle_in_transaction_session_timeout={limit}"
                    + $" -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout={limit}"
            )
            .Trim();
        return builder.ConnectionString;
    }
}
