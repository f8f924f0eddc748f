using System.Diagnostics;
using System.Globalization;
using Copilot.Store.Server;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Copilot.Store.Tests.Server;

public sealed class ManagedPostgresTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-managed-").FullName;
    private readonly List<ManagedPostgres> _servers = [];

    private string Cluster => Path.Combine(_folder, "postgres");

    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    [Fact]
    public async Task It_is_made_started_stopped_and_keeps_its_data()
    {
        var first = Make();
        await first.StartAsync(CancellationToken.None);
        await RunAsync(first, "create table kept (n int); insert into kept values (7)");
        await first.StopAsync();
        Assert.False(File.Exists(PidFile));

        var second = Make();
        await second.StartAsync(CancellationToken.None);
        Assert.Equal(7, await RunAsync(second, "select n from kept"));
        Assert.Equal("scram-sha-256", await RunAsync(second, "show password_encryption"));
        Assert.Equal(0L, await RunAsync(second, "select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"));
    }

    [Fact]
    public async Task A_second_copilot_on_the_same_folder_is_refused()
    {
        await Make().StartAsync(CancellationToken.None);
        var refused = await Assert.ThrowsAsync<StoreException>(() => Make().StartAsync(CancellationToken.None));
        Assert.Contains(_folder, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_outlived_its_app_is_taken_over()
    {
        var first = Make();
        await first.StartAsync(CancellationToken.None);
        await first.AbandonAsync();
        var second = Make();
        await second.StartAsync(CancellationToken.None);
        Assert.Equal(first.ProcessId, second.ProcessId);
    }

    [Fact]
    public async Task A_killed_server_is_started_again_with_what_was_committed()
    {
        var server = Make();
        await server.StartAsync(CancellationToken.None);
        await RunAsync(server, "create table kept (n int); insert into kept values (7)");
        var before = server.ProcessId!.Value;
        var restarted = new TaskCompletionSource();
        server.Restarted += (_, _) => restarted.SetResult();
        Process.GetProcessById(before).Kill();
        await restarted.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.NotEqual(before, server.ProcessId);
        Assert.Equal(7, await RunAsync(server, "select n from kept"));
    }

    [Fact]
    public async Task A_stale_pid_file_that_names_a_strangers_process_is_no_hindrance()
    {
        var first = Make();
        await first.StartAsync(CancellationToken.None);
        await first.StopAsync();
        await File.WriteAllTextAsync(
            PidFile,
            string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{Cluster}\n1\n5432\n{Cluster}\n\n\nready   \n")
        );

        var second = Make();
        await second.StartAsync(CancellationToken.None);
        Assert.Equal(1, await RunAsync(second, "select 1"));
    }

    [Fact]
    public async Task A_folder_too_deep_for_a_socket_and_closed_to_others_is_served_on_the_loopback()
    {
        // The temporary folder is open to its owner only, so when root runs this its server's user may not pass it by itself.
        var deep = Path.Combine(_folder, new string('d', 90));
        var server = Make(deep);
        await server.StartAsync(CancellationToken.None);
        Assert.Equal("127.0.0.1", new NpgsqlConnectionStringBuilder(await server.DatabaseAsync("copilot", CancellationToken.None)).Host);
        Assert.Equal(1, await RunAsync(server, "select 1"));
    }

    [Fact]
    public async Task A_folder_without_the_programs_is_named()
    {
        var server = new ManagedPostgres(
            new StoreOptions { DataFolder = _folder, PostgresBinaries = "/nowhere/bin" },
            NullLogger<ManagedPostgres>.Instance,
            TimeProvider.System
        );
        var refused = await Assert.ThrowsAsync<StoreException>(() => server.StartAsync(CancellationToken.None));
        Assert.Contains("/nowhere/bin: lacks initdb and pg_ctl and postgres", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_another_version_says_which_is_needed()
    {
        Directory.CreateDirectory(Cluster);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "PG_VERSION"), "12\n");
        var refused = await Assert.ThrowsAsync<StoreException>(() => Make().StartAsync(CancellationToken.None));
        Assert.Contains("No Postgres 12 was found", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_Postgres_that_is_not_there_is_said_plainly()
    {
        await using var database = new CopilotDatabase(
            new StoreOptions { ConnectionString = "Host=127.0.0.1;Port=1;Username=x;Password=x;Database=x;Timeout=3" },
            NullLoggerFactory.Instance,
            TimeProvider.System
        );
        var refused = await Assert.ThrowsAsync<StoreException>(() => database.StartAsync(CancellationToken.None));
        Assert.Contains("ConnectionStrings:Copilot", refused.Message, StringComparison.Ordinal);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ManagedPostgres Make(string? at = null)
    {
        var server = new ManagedPostgres(
            new StoreOptions { DataFolder = at ?? _folder, MaxConnections = 10 },
            NullLogger<ManagedPostgres>.Instance,
            TimeProvider.System
        );
        _servers.Add(server);
        return server;
    }

    private static async Task<object?> RunAsync(ManagedPostgres server, string sql)
    {
        var address = new NpgsqlConnectionStringBuilder(await server.DatabaseAsync("copilot", CancellationToken.None)) { Pooling = false };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
