using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Copilot.Store.Server;

/// <summary>
/// The Postgres that comes with the app: made, started, watched and stopped by it. A server that outlived a killed app
/// is taken over; one that dies is started again; there are never two on the same data.
/// </summary>
public sealed class ManagedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private readonly StoreOptions _options;
    private readonly ILogger<ManagedPostgres> _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _dataFolder;

    private Cluster? _cluster;
    private PostgresBinaries? _binaries;
    private ServerUser? _user;
    private DataFolderLock? _folderLock;
    private ServerGuard? _guard;
    private ServerAddress? _address;
    private Task _watching = Task.CompletedTask;

    public ManagedPostgres(StoreOptions options, ILogger<ManagedPostgres> logger, TimeProvider time)
    {
        this._options = options;
        this._logger = logger;
        this._time = time;
        _dataFolder = Path.GetFullPath(options.DataFolder);
    }

    /// <summary>The server's process; null before the start.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>How often the server had to be started again since the app started.</summary>
    public int Restarts { get; private set; }

    /// <summary>Raised when the server has been started again after it was lost: every connection of before is dead.</summary>
    public event EventHandler? Restarted;

    /// <summary>Starts or takes over the server.</summary>
    /// <exception cref="StoreException">It cannot be had; the message says why and what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            throw new StoreException(
                "The managed Postgres runs on Linux and macOS. On Windows, point ConnectionStrings:Copilot at a Postgres of your own."
            );
        _user = ServerUser.Choose(_options.RunAs);
        try
        {
            if (!await PrivateFolder.MakeAsync(_dataFolder, _user, cancellationToken))
                _logger.LogWarning("The data folder {Folder} is not the copilot's alone; who may enter it is left as it is.", _dataFolder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"The data folder {_dataFolder} cannot be made: {failure.Message} Choose another (Store:DataFolder).",
                failure
            );
        }

        _folderLock = await DataFolderLock.TakeAsync(_dataFolder, _time, cancellationToken);
        try
        {
            _user = await _user.ReachingAsync(_dataFolder, cancellationToken);
            _cluster = new Cluster(_dataFolder, _user);
            var major = await _cluster.MajorAsync(cancellationToken);
            _binaries = await PostgresBinaries.FindAsync(_options.PostgresBinaries, major, cancellationToken);
            if (major is null)
                await _cluster.CreateAsync(_binaries, cancellationToken);
            _guard = ServerGuard.Start(DataFolderLock.PathIn(_dataFolder), _user.Command(_binaries.PgCtl, StopArguments));
            await RunServerAsync(cancellationToken);
        }
        catch
        {
            _guard?.Dispose();
            _folderLock.Dispose();
            throw;
        }

        _watching = WatchAsync(_stopping.Token);
    }

    /// <summary>How to connect to a database of the server, which is made if it is not there.</summary>
    public async Task<string> DatabaseAsync(string name, CancellationToken cancellationToken)
    {
        var server = _address ?? throw new InvalidOperationException("The managed server has not been started.");
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres", 2));
        await using var exists = source.CreateCommand("select 1 from pg_database where datname = $1");
        exists.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = source.CreateCommand($"create database \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        return server.ConnectionString(name, _options.MaxConnections);
    }

    /// <summary>Lets go of the server without stopping it, as a killed app does.</summary>
    internal async Task AbandonAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        _guard?.Dispose();
        _folderLock?.Dispose();
    }

    /// <summary>
    /// Ends one of the server's processes that does not do as the server asks. Woken up first: one that was only stopped then ends by
    /// itself. Else it is killed, and the server starts over with what was committed.
    /// </summary>
    internal async Task EndBackendAsync(int process)
    {
        if (!await BackendProcess.BelongsAsync(process, ProcessId))
            return;
        await BackendProcess.SignalAsync("CONT", process);
        for (var waited = 0; waited < 20; waited++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), _time, CancellationToken.None);
            if (!await BackendProcess.BelongsAsync(process, ProcessId))
                return;
        }

        _logger.LogError("Postgres' process {Process} hangs and is killed; the server recovers what was committed.", process);
        await BackendProcess.SignalAsync("KILL", process);
    }

    public async Task StopAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _watching;
        if (
            _cluster is not null
            && _binaries is not null
            && _user is not null
            && PostmasterFile.Read(_cluster.Folder)?.Runs(_cluster.Folder) == true
        )
        {
            var stopped = await _user.RunAsync(_binaries.PgCtl, StopArguments, StartLimit, CancellationToken.None);
            if (stopped.ExitCode != 0)
                await PgCtlAsync(["stop", "-m", "immediate", "-w", "-t", "30"], CancellationToken.None);
        }

        _guard?.Dispose();
        _folderLock?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private async Task RunServerAsync(CancellationToken cancellationToken)
    {
        var deadline = _time.GetUtcNow() + StartLimit;
        for (var attempt = 1; ; attempt++)
        {
            var server = PostmasterFile.Read(_cluster!.Folder);
            if (server is null || !server.Runs(_cluster.Folder))
            {
                // A stale file names a process that is gone, or that is someone else's by now.
                if (server is not null)
                    File.Delete(PostmasterFile.PathIn(_cluster.Folder));
                await StartServerAsync(lastTry: attempt >= 20, cancellationToken);
            }
            else if (server.Port > 0 && await AnswersAsync(server, cancellationToken))
            {
                ProcessId = server.ProcessId;
                return;
            }

            if (_time.GetUtcNow() > deadline)
                throw new StoreException(
                    $"The managed Postgres did not become ready within {StartLimit.TotalMinutes:0} minutes. {await StartLogAsync()}"
                );
            await Task.Delay(TimeSpan.FromMilliseconds(attempt < 10 ? 50 : 500), _time, cancellationToken);
        }
    }

    private async Task StartServerAsync(bool lastTry, CancellationToken cancellationToken)
    {
        await _cluster!.WriteSettingsAsync(_options.MaxConnections, _options.Durable, cancellationToken);
        var started = await PgCtlAsync(["start", "-w", "-t", "240", "-l", _cluster.StartLog], cancellationToken);
        // Right after a crash the dead server's children may still hold its memory: that passes by itself.
        if (started.ExitCode != 0 && (lastTry || !(await StartLogAsync()).Contains("shared memory block", StringComparison.Ordinal)))
            throw new StoreException($"The managed Postgres in {_cluster.Folder} does not start. {await StartLogAsync()}");
    }

    private async Task<bool> AnswersAsync(PostmasterFile server, CancellationToken cancellationToken)
    {
        var reached = await _cluster!.AddressAsync(server, cancellationToken);
        try
        {
            await using var source = NpgsqlDataSource.Create(reached.ConnectionString("postgres", 1));
            await using var ask = source.CreateCommand("select pg_is_in_recovery()");
            await ask.ExecuteScalarAsync(cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState is "28P01" or "28000")
        {
            throw new StoreException(
                $"The database in {_cluster.Folder} does not accept the password in postgres.password: {refused.MessageText}",
                refused
            );
        }
        catch (NpgsqlException)
        {
            return false;
        }

        _address = reached;
        return true;
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var backoff = TimeSpan.Zero;
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250) + backoff, _time, cancellationToken);
                if (PostmasterFile.Read(_cluster!.Folder) is { } server && server.Runs(_cluster.Folder))
                    continue;
                _logger.LogWarning("The managed Postgres (process {ProcessId}) is gone; starting it again.", ProcessId);
                try
                {
                    await RunServerAsync(cancellationToken);
                    Restarts++;
                    Restarted?.Invoke(this, EventArgs.Empty);
                    backoff = TimeSpan.Zero;
                    _logger.LogInformation("The managed Postgres runs again (process {ProcessId}).", ProcessId);
                }
                catch (Exception failure) when (failure is StoreException or IOException)
                {
                    backoff = TimeSpan.FromSeconds(Math.Min(10, backoff.TotalSeconds + 1));
                    _logger.LogError(
                        "{Failure} Trying again in {Seconds} s.",
                        failure.Message,
                        backoff.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)
                    );
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private string[] StopArguments =>
        ["--pgdata", _cluster!.Folder, "stop", "-m", _options.Durable ? "fast" : "immediate", "-w", "-t", "60"];

    private Task<ServerCommand> PgCtlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        _user!.RunAsync(_binaries!.PgCtl, ["--pgdata", _cluster!.Folder, .. arguments], StartLimit, cancellationToken);

    /// <summary>The last lines of what the server said as it started.</summary>
    private async Task<string> StartLogAsync()
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(_cluster!.StartLog);
            return $"Its log, {_cluster.StartLog}, ends: {string.Join(" | ", lines.TakeLast(6))}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"Its log, {_cluster!.StartLog}, cannot be read.";
        }
    }
}
