using System.Diagnostics;
using System.Globalization;
using Copilot.Store;
using Copilot.Store.Server;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Copilot.Testing;

/// <summary>The test process's one server: not durable, in a temporary folder, gone with the process however it ends.</summary>
public static class TestServer
{
    private const string Template = "copilot_template";
    private static readonly Lazy<Task<string>> Server = new(StartAsync);
    private static readonly SemaphoreSlim Copying = new(1, 1);
    private static int _databases;

    /// <summary>A new database with this build's schema, as a connection string.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var administration = await Server.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await Copying.WaitAsync();
        try
        {
            await ExecuteAsync(administration, $"create database {name} template {Template} strategy file_copy");
        }
        finally
        {
            Copying.Release();
        }

        return new NpgsqlConnectionStringBuilder(administration)
        {
            Database = name,
            MaxPoolSize = 20,
            Pooling = true,
        }.ConnectionString;
    }

    public static async Task DropDatabaseAsync(string name) =>
        await ExecuteAsync(await Server.Value, $"drop database if exists \"{name}\" with (force)");

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("COPILOT_TESTS") == "fast")
            throw new InvalidOperationException(
                "This test needs Postgres, and deploy/test.sh --fast starts none: mark its class with [Trait(\"needs\", \"postgres\")]."
            );
        var folder = Directory.CreateTempSubdirectory("copilot-tests-").FullName;
        Guard(folder);
        var options = new StoreOptions
        {
            DataFolder = folder,
            Durable = false,
            MaxConnections = 150,
        };
        var server = new ManagedPostgres(options, NullLogger<ManagedPostgres>.Instance, TimeProvider.System);
        await server.StartAsync(CancellationToken.None);

        var template = new NpgsqlConnectionStringBuilder(await server.DatabaseAsync(Template, CancellationToken.None)) { Pooling = false };
        await using (
            var database = new CopilotDatabase(
                new StoreOptions { ConnectionString = template.ConnectionString },
                NullLoggerFactory.Instance,
                TimeProvider.System
            )
        )
        {
            await database.StartAsync(CancellationToken.None);
        }

        return new NpgsqlConnectionStringBuilder(template.ConnectionString) { Database = "postgres" }.ConnectionString;
    }

    /// <summary>
    /// A detached shell that outlives this process, then ends the server and removes its folder: a test host is often
    /// killed before anything of its own could clean up.
    /// </summary>
    private static void Guard(string folder)
    {
        const string script = """
            exec </dev/null >/dev/null 2>&1
            cd /
            while kill -0 "$1"; do sleep 1; done
            kill -QUIT "$(head -n 1 "$2/postgres/postmaster.pid")"
            sleep 1
            rm -rf "$2"
            """;
        var start = new ProcessStartInfo(
            "setsid",
            ["--fork", "sh", "-c", script, "guard", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), folder]
        );
        using var guard = Process.Start(start);
        guard!.WaitForExit();
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
