using Copilot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Copilot.Testing;

/// <summary>
/// A fresh, migrated database for one test class: <c>class Tests(PostgresFixture postgres) : IClassFixture&lt;PostgresFixture&gt;</c>.
/// All classes of a test process share one managed server.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private CopilotDatabase? _database;

    public CopilotDatabase Database => _database ?? throw new InvalidOperationException("The fixture has not been initialized.");

    public string ConnectionString { get; private set; } = "";

    /// <summary>Contexts on this database, as the app's factory makes them.</summary>
    public IDbContextFactory<CopilotContext> Contexts => new CopilotContextFactory(Database);

    public async Task InitializeAsync()
    {
        ConnectionString = await TestServer.CreateDatabaseAsync();
        _database = new CopilotDatabase(
            new StoreOptions { ConnectionString = ConnectionString },
            NullLoggerFactory.Instance,
            TimeProvider.System
        );
        await _database.StartAsync(CancellationToken.None);
    }

    /// <summary>Runs one statement; the result's first value, or null.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        var value = await command.ExecuteScalarAsync();
        return value is DBNull ? null : value;
    }

    public async Task DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        if (ConnectionString.Length > 0)
            await TestServer.DropDatabaseAsync(new NpgsqlConnectionStringBuilder(ConnectionString).Database!);
    }
}
