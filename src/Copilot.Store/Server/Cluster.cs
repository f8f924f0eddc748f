using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Copilot.Store.Server;

/// <summary>The folder that the managed server keeps its data in, and the password that opens it.</summary>
internal sealed class Cluster(string dataFolder, ServerUser user)
{
    private const string Superuser = "copilot";
    private const int LongestSocketPath = 107;
    private const int SocketPort = 5432;

    public string Folder { get; } = Path.Combine(dataFolder, "postgres");

    public string StartLog => Path.Combine(Folder, "start.log");

    private string PasswordFile => Path.Combine(dataFolder, "postgres.password");

    /// <summary>The major version that made the data; null: there is none yet.</summary>
    public async Task<int?> MajorAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(Folder, "PG_VERSION");
        try
        {
            return int.Parse((await File.ReadAllTextAsync(file, cancellationToken)).Trim(), CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new StoreException(
                $"{file} belongs to another user. Start the copilot as the user who made this data folder, or choose "
                    + "another (Store:DataFolder).",
                failure
            );
        }
    }

    /// <summary>Makes the data folder beside its final place first, so that a crash leaves none that is half made.</summary>
    public async Task CreateAsync(PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        var making = Folder + ".new";
        var secret = Folder + ".secret";
        if (Directory.Exists(making))
            Directory.Delete(making, recursive: true);
        if (Directory.Exists(secret))
            Directory.Delete(secret, recursive: true);
        Directory.CreateDirectory(making);
        Directory.CreateDirectory(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // initdb reads the password from a file of its own user; ours stays with the app's user.
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var passwordCopy = Path.Combine(secret, "password");
        await File.WriteAllTextAsync(passwordCopy, password, cancellationToken);
        await user.OwnAsync(making, cancellationToken);
        await user.OwnAsync(secret, cancellationToken);

        var made = await InitAsync(binaries, making, passwordCopy, "C.UTF-8", cancellationToken);
        if (made.ExitCode != 0 && made.Output.Contains("locale", StringComparison.Ordinal))
            made = await InitAsync(binaries, making, passwordCopy, "C", cancellationToken);
        Directory.Delete(secret, recursive: true);
        if (made.ExitCode != 0)
            throw new StoreException($"initdb could not make a database in {Folder}: {made.Output}");

        await File.AppendAllTextAsync(
            Path.Combine(making, "postgresql.conf"),
            $"\ninclude = '{ServerSettings.FileName}'\n",
            cancellationToken
        );
        await using (
            var file = new FileStream(
                PasswordFile,
                new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(password), cancellationToken);
        }

        Directory.Move(making, Folder);
    }

    public async Task WriteSettingsAsync(int maxConnections, bool durable, CancellationToken cancellationToken)
    {
        // A socket's path has a short limit; a folder that is too deep gets a free port of the loopback instead.
        var socketPath = Path.Combine(Folder, $".s.PGSQL.{SocketPort.ToString(CultureInfo.InvariantCulture)}");
        var useSocket = Encoding.UTF8.GetByteCount(socketPath) <= LongestSocketPath;
        await File.WriteAllTextAsync(
            Path.Combine(Folder, ServerSettings.FileName),
            ServerSettings.Write(
                useSocket ? Folder : null,
                useSocket ? SocketPort : FreePort(),
                maxConnections,
                durable,
                new DriveInfo(Folder).AvailableFreeSpace
            ),
            cancellationToken
        );
        await user.OwnAsync(Folder, cancellationToken);
    }

    /// <summary>How to reach the server that wrote this file.</summary>
    public async Task<ServerAddress> AddressAsync(PostmasterFile server, CancellationToken cancellationToken)
    {
        try
        {
            var password = (await File.ReadAllTextAsync(PasswordFile, cancellationToken)).Trim();
            return new ServerAddress(server.SocketFolder.Length > 0 ? server.SocketFolder : "127.0.0.1", server.Port, Superuser, password);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"The password of the database in {Folder} cannot be read: {failure.Message} "
                    + "Restore the file postgres.password, or choose another data folder (Store:DataFolder).",
                failure
            );
        }
    }

    private Task<ServerCommand> InitAsync(
        PostgresBinaries binaries,
        string folder,
        string passwordFile,
        string characters,
        CancellationToken cancellationToken
    ) =>
        // Collation C: the order of bytes, quick and the same everywhere; the character type only serves lower().
        user.RunAsync(
            binaries.InitDb,
            [
                "--pgdata",
                folder,
                "--username",
                Superuser,
                "--pwfile",
                passwordFile,
                "--auth",
                "scram-sha-256",
                "--encoding",
                "UTF8",
                "--locale",
                "C",
                "--lc-ctype",
                characters,
                "--no-instructions",
                "--no-sync",
            ],
            TimeSpan.FromMinutes(3),
            cancellationToken
        );

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
