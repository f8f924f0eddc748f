using Copilot.Store.Server;
using Copilot.Store.Writers;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Copilot.Store;

/// <summary>
/// The database: the managed server or the user's own, migrated. Reads and writes open a connection each from
/// <see cref="DataSource"/>, which stays the same when the server is started again.
/// </summary>
public sealed class CopilotDatabase : IAsyncDisposable
{
    private const string ManagedDatabase = "copilot";

    private readonly StoreOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _time;
    private NpgsqlDataSource? _source;
    private NpgsqlDataSource? _intake;
    private string _settings = "";

    public CopilotDatabase(StoreOptions options, ILoggerFactory loggers, TimeProvider time)
    {
        this._options = options;
        this._loggers = loggers;
        this._time = time;
    }

    /// <summary>Where connections come from; only after <see cref="StartAsync"/>.</summary>
    public NpgsqlDataSource DataSource =>
        _source ?? throw new InvalidOperationException("The database has not been started; reads come after CopilotDatabase.StartAsync.");

    /// <summary>
    /// Where the intake's connections come from: apart from the reads', so that neither waits for the other's, and limited on the
    /// server in how long a statement, a wait for a lock or an idle transaction may take.
    /// </summary>
    internal NpgsqlDataSource Intake =>
        _intake ?? throw new InvalidOperationException("The database has not been started; writes come after CopilotDatabase.StartAsync.");

    internal ILoggerFactory Loggers => _loggers;

    /// <summary>How long one transaction of the intake may take.</summary>
    internal TimeSpan WriteLimit => _options.WriteLimit;

    /// <summary>A connection outside of the pools, quick to give up: for looking after a server whose other connections may all
    /// hang.</summary>
    internal NpgsqlConnection FreshConnection() =>
        new(
            new NpgsqlConnectionStringBuilder(_settings)
            {
                Pooling = false,
                Timeout = 4,
                CommandTimeout = 8,
                CancellationTimeout = 1000,
            }.ConnectionString
        );

    /// <summary>What went wrong last, in the intake and in the upkeep.</summary>
    public UpkeepFailures Failures { get; } = new();

    /// <summary>The server that the app manages; null where the user's own Postgres is used.</summary>
    public ManagedPostgres? Server { get; private set; }

    /// <summary>Reaches the server (and starts it, if managed) and brings the schema up to this build's.</summary>
    /// <exception cref="StoreException">It cannot be had; the message says why and what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_source is not null)
            return;
        string connectionString;
        if (string.IsNullOrWhiteSpace(_options.ConnectionString))
        {
            Server = new ManagedPostgres(_options, _loggers.CreateLogger<ManagedPostgres>(), _time);
            await Server.StartAsync(cancellationToken);
            connectionString = await Server.DatabaseAsync(ManagedDatabase, cancellationToken);
        }
        else
        {
            connectionString = OwnConnectionString(_options.ConnectionString);
        }

        var made = NpgsqlDataSource.Create(connectionString);
        try
        {
            await CheckVersionAsync(made, cancellationToken);
            await new MigrationRunner(made, MigrationScript.Embedded(), _loggers.CreateLogger<CopilotDatabase>()).RunAsync(
                cancellationToken
            );
        }
        catch
        {
            await made.DisposeAsync();
            if (Server is not null)
                await Server.StopAsync();
            throw;
        }

        var writing = NpgsqlDataSource.Create(IntakeConnections.Of(connectionString, _options.WriteLimit));
        // What waits in the pools is dead after a restart; dropping it spares the next read an error.
        if (Server is not null)
        {
            Server.Restarted += (_, _) =>
            {
                made.Clear();
                writing.Clear();
            };
        }

        _settings = connectionString;
        _intake = writing;
        _source = made;
    }

    public async Task StopAsync()
    {
        if (_intake is not null)
            await _intake.DisposeAsync();
        if (_source is not null)
            await _source.DisposeAsync();
        if (Server is not null)
            await Server.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Server is not null)
            await Server.DisposeAsync();
    }

    private string OwnConnectionString(string text)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text) { ApplicationName = "copilot" };
            if (!builder.ContainsKey("Maximum Pool Size"))
                builder.MaxPoolSize = _options.MaxConnections;
            return builder.ConnectionString;
        }
        catch (ArgumentException failure)
        {
            throw new StoreException(
                $"ConnectionStrings:Copilot is not a connection string that Npgsql understands: {failure.Message}",
                failure
            );
        }
    }

    private static async Task CheckVersionAsync(NpgsqlDataSource made, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await made.OpenConnectionAsync(cancellationToken);
            if (connection.PostgreSqlVersion.Major < PostgresBinaries.OldestMajor)
                throw new StoreException(
                    $"ConnectionStrings:Copilot leads to Postgres {connection.PostgreSqlVersion}; "
                        + $"{PostgresBinaries.OldestMajor} or later is needed."
                );
        }
        catch (NpgsqlException failure)
        {
            throw new StoreException(
                $"Postgres cannot be reached: {failure.Message} Check ConnectionStrings:Copilot and that the server runs.",
                failure
            );
        }
    }
}
