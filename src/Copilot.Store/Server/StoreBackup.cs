using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Copilot.Store.Server;

/// <summary>The whole store in one file, as Postgres' own programs write and read it; telemetry comes in meanwhile.</summary>
public sealed class StoreBackup(StoreOptions options, ILoggerFactory loggers, TimeProvider time)
{
    private const string Database = "copilot";

    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Writes the store as it is at this moment; of a copilot that runs too.</summary>
    /// <returns>The file's length.</returns>
    /// <exception cref="StoreException">It cannot be; the message says why and what to do.</exception>
    public async Task<long> SaveAsync(string file, CancellationToken cancellationToken)
    {
        file = Path.GetFullPath(file);
        if (File.Exists(file))
            throw new StoreException($"{file} is there already: name another file, so that no backup is lost to the next.");
        var making = file + ".part";
        await using var place = await ReachAsync(startOnly: false, cancellationToken);
        try
        {
            await RunAsync(
                "pg_dump",
                ["--format", "custom", "--no-owner", "--no-privileges", "--file", making],
                place.Connection,
                cancellationToken
            );
            File.Move(making, file);
        }
        finally
        {
            File.Delete(making);
        }

        return new FileInfo(file).Length;
    }

    /// <summary>Fills an empty store, with all of it or nothing; the copilot that starts on it brings it up to its own schema.</summary>
    /// <exception cref="StoreException">It cannot be; the message says why and what to do.</exception>
    public async Task RestoreAsync(string file, CancellationToken cancellationToken)
    {
        file = Path.GetFullPath(file);
        if (!File.Exists(file))
            throw new StoreException($"{file}: there is no such file.");
        await using var place = await ReachAsync(startOnly: true, cancellationToken);
        await using (var source = NpgsqlDataSource.Create(place.Connection))
        {
            await using var ask = source.CreateCommand("select to_regclass('public.schema_migrations') is not null");
            if (await ask.ExecuteScalarAsync(cancellationToken) is true)
                throw new StoreException(
                    "The store holds data already, which a backup would not replace but mix with: restore into a new data folder "
                        + "(--data DIR) or an empty database."
                );
        }

        await RunAsync(
            "pg_restore",
            ["--no-owner", "--no-privileges", "--single-transaction", "--dbname", place.Name, file],
            place.Connection,
            cancellationToken
        );
    }

    private async Task<Place> ReachAsync(bool startOnly, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(options.ConnectionString))
            return new Place(options.ConnectionString, null);
        var folder = Path.GetFullPath(options.DataFolder);
        var cluster = new Cluster(folder, new ServerUser(null, null));
        // A copilot that runs has the folder; its server is asked beside it.
        if (!startOnly && PostmasterFile.Read(cluster.Folder) is { } running && running.Runs(cluster.Folder))
        {
            var address = await cluster.AddressAsync(running, cancellationToken);
            return new Place(address.ConnectionString(Database, 2), null);
        }

        if (!startOnly && !Directory.Exists(cluster.Folder))
            throw new StoreException($"There is no store in {folder}: name its data folder with --data DIR.");
        var server = new ManagedPostgres(options, loggers.CreateLogger<ManagedPostgres>(), time);
        await server.StartAsync(cancellationToken);
        return new Place(await server.DatabaseAsync(Database, cancellationToken), server);
    }

    private async Task RunAsync(string program, IReadOnlyList<string> arguments, string connection, CancellationToken cancellationToken)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        var binaries = await PostgresBinaries.FindAsync(options.PostgresBinaries, null, cancellationToken);
        var path = Path.Combine(binaries.Folder, program);
        // A password on a command line could be read by everybody on this machine.
        var environment = new Dictionary<string, string?>
        {
            ["PGHOST"] = to.Host,
            ["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = to.Username,
            ["PGPASSWORD"] = to.Password,
            ["PGDATABASE"] = to.Database,
        };
        var done = await ServerCommand.RunAsync(path, arguments, Longest, cancellationToken, environment);
        if (done.ExitCode != 0)
            throw new StoreException($"{program} failed, and nothing was changed: {done.Output}");
    }

    /// <summary>A database, and the server that was started for it alone.</summary>
    private sealed record Place(string Connection, ManagedPostgres? Server) : IAsyncDisposable
    {
        public string Name => new NpgsqlConnectionStringBuilder(Connection).Database!;

        public async ValueTask DisposeAsync()
        {
            if (Server is not null)
                await Server.DisposeAsync();
        }
    }
}
