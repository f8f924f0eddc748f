using System.Text.Json;
using Copilot.EndToEnd.App;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.EndToEnd.Scoring;

/// <summary>The recorded world, imported and asked about as the scorer does it. Reports the figures, and fails below the floors.</summary>
public sealed class WorldScoreTests(ITestOutputHelper output)
{
    private const double LeastExact = 0.95;
    private const double MostWrong = 0.02;

    private static string World => Material.Get("shared/worlds/harbor");

    private static string Scorer => Material.Get("shared/eval/score.py");

    [RequiresFact("shared/worlds/harbor", "shared/eval/score.py", "python3")]
    public async Task The_questions_of_the_recorded_world_are_answered()
    {
        await using var app = await RunningApp.StartAsync();
        await RunAsync("dotnet", TimeSpan.FromMinutes(6), Repository.CommandLine, "import", World, "--url", app.Url.ToString());
        await CheckLedgerAsync(app.Http);
        var file = Path.GetTempFileName();
        try
        {
            var report = await RunAsync(
                "python3",
                TimeSpan.FromMinutes(6),
                Scorer,
                "--url",
                app.Url.ToString(),
                "--questions",
                Path.Combine(World, "questions.jsonl"),
                "--engine",
                "builtin",
                "--json",
                file
            );
            output.WriteLine(report);
            using var scored = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            var score = WorldScore.Read(scored.RootElement);
            output.WriteLine(score.ToString());
            Assert.True(score.Exact >= LeastExact, $"{score}: at least {LeastExact:P0} must be exact.");
            Assert.True(score.Wrong <= MostWrong, $"{score}: at most {MostWrong:P0} may be wrong.");
            // The p95 is reported and not judged here: it is as much the machine's as the product's.
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>By the world's README: two peers are not instrumented, one service drops the context on both of its sides, all else takes
    /// part.</summary>
    private async Task CheckLedgerAsync(HttpClient http)
    {
        using var read = JsonDocument.Parse(await http.GetStringAsync(new Uri("api/v1/instrumentation", UriKind.Relative)));
        var workloads = read.RootElement.GetProperty("workloads").EnumerateArray().ToArray();
        output.WriteLine(string.Join("\n", workloads.Select(workload => $"{Text(workload, "name")}: {Text(workload, "state")}")));
        Assert.Equal(["acquirer", "carrier-rates"], Named("only_peer").Where(name => name is "acquirer" or "carrier-rates").Order());
        Assert.Equal(["notifications"], Named("breaks_context"));
        Assert.Empty(Named("sends_no_spans").Concat(Named("silent")));
        var breaks = read.RootElement.GetProperty("breaks").EnumerateArray();
        Assert.Equal(
            ["fulfillment-worker → notifications", "notifications → email-renderer"],
            breaks.Select(broken => $"{Text(broken, "caller")} → {Text(broken, "callee")}").Order(StringComparer.Ordinal)
        );

        string[] Named(string state) => [.. workloads.Where(workload => Text(workload, "state") == state).Select(w => Text(w, "name"))];

        static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
    }

    private static async Task<string> RunAsync(string file, TimeSpan longest, params string[] arguments)
    {
        await using var child = ChildProcess.Start(file, arguments);
        var code = await child.WaitAsync(longest);
        Assert.True(code == 0, $"{file} {string.Join(' ', arguments)} ended with {code}:\n{child.Output}");
        return child.Output;
    }
}
