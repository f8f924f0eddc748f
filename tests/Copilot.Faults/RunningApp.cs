using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Copilot.Faults;

/// <summary>The app as its users start it: a process with a data folder and a managed Postgres under it.</summary>
internal sealed class RunningApp(string dataFolder) : IAsyncDisposable
{
    private Process? _process;

    public int Port { get; } = FreePorts.Take();

    public string Log { get; } = Path.Combine(Path.GetTempPath(), $"copilot-faults-{Guid.NewGuid():N}.log");

    /// <summary>The server's main process, of whichever start.</summary>
    public int ServerProcess =>
        int.Parse(File.ReadLines(Path.Combine(dataFolder, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public async Task StartAsync()
    {
        var configuration = AppContext.BaseDirectory.Contains(
            $"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}",
            StringComparison.Ordinal
        )
            ? "Release"
            : "Debug";
        var program = Path.Combine(RepositoryRoot(), "src", "Copilot.Web", "bin", configuration, "net10.0", "Copilot.Web.dll");
        // The shell sends the output into a file: a pipe that nobody reads would stop the app once it is full.
        var start = new ProcessStartInfo(
            "sh",
            [
                "-c",
                "exec dotnet \"$1\" --empty --port \"$2\" --data \"$3\" >>\"$4\" 2>&1",
                "app",
                program,
                Port.ToString(CultureInfo.InvariantCulture),
                dataFolder,
                Log,
            ]
        );
        _process = Process.Start(start)!;
        using var http = new HttpClient();
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{Port}/healthz"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (!_process.HasExited && deadline.Elapsed < TimeSpan.FromMinutes(2))
            {
                // Not listening yet.
            }

            if (_process.HasExited)
                throw new InvalidOperationException("The app ended: " + await File.ReadAllTextAsync(Log));
            await Task.Delay(200);
        }
    }

    /// <summary>As the kernel's out-of-memory killer would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(await ConnectionStringAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            Signal("TERM", _process.Id);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        if (File.Exists(Path.Combine(dataFolder, "postgres", "postmaster.pid")))
            Signal("QUIT", ServerProcess);
        _process?.Dispose();
        File.Delete(Log);
    }

    public static void Signal(string name, int processId)
    {
        using var kill = Process.Start("kill", [$"-{name}", processId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Whether a process is there; one that has ended and is not fetched yet is not.</summary>
    public static bool Runs(int processId)
    {
        try
        {
            return !File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat")
                .Contains(") Z", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<string> ConnectionStringAsync() =>
        new NpgsqlConnectionStringBuilder
        {
            Host = Path.Combine(dataFolder, "postgres"),
            Username = "copilot",
            Password = (await File.ReadAllTextAsync(Path.Combine(dataFolder, "postgres.password"))).Trim(),
            Database = "copilot",
            Pooling = false,
            CommandTimeout = 120,
        }.ConnectionString;

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Copilot.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Copilot.sln is in no folder above the tests.");
    }
}
