using Npgsql;

namespace Copilot.Store.Server;

/// <summary>
/// Which of the instances that share a database leads: it alone watches, tells places outside what was found, and looks after the store.
/// The lead is a lock of Postgres held by a connection of its own: it ends with the process, however that ends, and the next instance that
/// asks has it.
/// </summary>
public sealed class InstanceLead(CopilotDatabase database) : IAsyncDisposable
{
    private readonly SemaphoreSlim _asking = new(1, 1);
    private NpgsqlConnection? _holding;
    private bool _ended;
    private volatile bool _disposed;

    /// <summary>Whether this instance leads now; takes the lead where it is free. Asked anew before each thing that only one may do: a lead
    /// whose connection broke is lost, whoever thinks otherwise.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    public async Task<bool> HoldsAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_ended)
                return false;
            if (_holding is not null)
            {
                try
                {
                    await AskAsync(_holding, "select true", cancellationToken);
                    return true;
                }
                catch (NpgsqlException)
                {
                    await LoseAsync();
                }
            }

            var asking = database.FreshConnection();
            try
            {
                await asking.OpenAsync(cancellationToken);
                if (await AskAsync(asking, "select pg_try_advisory_lock(hashtext('copilot lead'))", cancellationToken))
                {
                    _holding = asking;
                    return true;
                }
            }
            catch
            {
                await asking.DisposeAsync();
                throw;
            }

            await asking.DisposeAsync();
            return false;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Gives the lead up for good: this instance stops.</summary>
    public async Task EndAsync()
    {
        // Whoever disposes of the application before stopping it has given the lead up already.
        if (_disposed)
            return;
        await _asking.WaitAsync();
        try
        {
            _ended = true;
            await LoseAsync();
        }
        finally
        {
            _asking.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await LoseAsync();
        _asking.Dispose();
    }

    private async Task LoseAsync()
    {
        if (Interlocked.Exchange(ref _holding, null) is { } held)
            await held.DisposeAsync();
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
