using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit;

namespace Copilot.Cli.Tests;

/// <summary>Beside nothing else: other tests watch the clock.</summary>
[CollectionDefinition(nameof(BenchmarkTests), DisableParallelization = true)]
public sealed class BenchmarkTestsAlone;

/// <summary>The benchmarks' commands start, finish and give figures: with few spans, so the figures themselves mean nothing.</summary>
[Collection(nameof(BenchmarkTests))]
public sealed class BenchmarkTests : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-benchmark-tests-").FullName;

    private string Store => Path.Combine(_folder, "store");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary><c>dotnet run</c> starts the executable, <c>dotnet FILE.dll</c> the host; either finds the measured server.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_intake_is_measured_however_the_benchmark_was_started(bool asExecutable)
    {
        var figures = await RunAsync(asExecutable, "ingest", "--spans", "500", "--senders", "2");
        foreach (var name in new[] { "http_ratio", "grpc_ratio", "shedding_ratio" })
            Assert.True(figures.GetProperty(name).GetDouble() > 0, name);
    }

    [Fact]
    public async Task Queries_are_measured_beside_a_plain_table_that_answers_the_same()
    {
        var figures = await RunAsync(true, "traceql", "--spans", "2000", "--times", "2");
        foreach (var question in figures.EnumerateObject())
            Assert.True(question.Value.GetProperty("plainWithGinP50Ms").GetDouble() > 0, question.Name);
    }

    [Fact]
    public async Task A_store_that_was_kept_is_looked_into_for_causes_and_measured_again()
    {
        await ExecuteAsync(true, "store", "--spans", "3000", "--services", "12", "--data", Store, "--keep", "--fill-only");
        var causes = await RunAsync(true, "causes", "--data", Store, "--times", "2");
        Assert.Equal(2, causes.GetProperty("windows").GetInt32());
        var store = await RunAsync(true, "store", "--data", Store);
        Assert.True(store.GetProperty("trace_by_id_p50_ms").GetDouble() > 0);
        Assert.Equal(store.GetProperty("spans").GetDouble(), store.GetProperty("counted_after_distillation").GetDouble());
        Assert.False(Directory.Exists(Store));
    }

    [Fact]
    public async Task A_folder_of_other_files_is_not_taken_for_a_store_that_may_be_deleted()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "letter.txt"), "mine");
        var (code, _, errors) = await StartAsync(true, "store", "--data", _folder);
        Assert.NotEqual(0, code);
        Assert.Contains("add --keep", errors, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "letter.txt")));
    }

    private async Task<JsonElement> RunAsync(bool asExecutable, params string[] arguments)
    {
        var file = Path.Combine(_folder, "figures.json");
        await ExecuteAsync(asExecutable, [.. arguments, "--json", file]);
        return JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file));
    }

    private static async Task ExecuteAsync(bool asExecutable, params string[] arguments)
    {
        var (code, output, errors) = await StartAsync(asExecutable, arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)} ended with {code}:\n{output}\n{errors}");
    }

    private static async Task<(int Code, string Output, string Errors)> StartAsync(bool asExecutable, params string[] arguments)
    {
        var program = Path.Combine(Built(), OperatingSystem.IsWindows() ? "Copilot.Benchmarks.exe" : "Copilot.Benchmarks");
        var start = asExecutable
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo("dotnet", [Path.Combine(Built(), "Copilot.Benchmarks.dll"), .. arguments]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static string Built([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "Copilot.Benchmarks", "bin", Configuration, "net10.0"));
}
