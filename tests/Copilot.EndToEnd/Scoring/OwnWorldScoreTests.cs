using System.Text.Json;
using Copilot.EndToEnd.App;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.EndToEnd.Scoring;

/// <summary>The repository's own recorded systems, imported side by side and asked about. Reports the figures, and fails below what is
/// reached.</summary>
public sealed class OwnWorldScoreTests(ITestOutputHelper output)
{
    private const double LeastExact = 0.95;
    private const double MostWrong = 0.02;

    [RequiresFact("python3")]
    public async Task The_questions_of_our_own_worlds_are_answered()
    {
        await using var app = await RunningApp.StartAsync();
        var worlds = Directory.GetDirectories(Material.Get("tests/Worlds")).Order(StringComparer.Ordinal).ToList();
        foreach (var world in worlds)
            await RunAsync("dotnet", Repository.CommandLine, "import", world, "--url", app.Url.ToString());
        foreach (var world in worlds)
        {
            var file = Path.GetTempFileName();
            try
            {
                output.WriteLine(
                    await RunAsync(
                        "python3",
                        Material.Get("tests/Worlds/score.py"),
                        app.Url.ToString(),
                        Path.Combine(world, "questions.jsonl"),
                        file
                    )
                );
                using var scored = JsonDocument.Parse(await File.ReadAllTextAsync(file));
                var score = WorldScore.Read(scored.RootElement);
                output.WriteLine(score.ToString());
                Assert.True(score.Exact >= LeastExact && score.Wrong <= MostWrong, $"{Path.GetFileName(world)}: {score}");
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    private static async Task<string> RunAsync(string file, params string[] arguments)
    {
        await using var child = ChildProcess.Start(file, arguments);
        var code = await child.WaitAsync(TimeSpan.FromMinutes(6));
        Assert.True(code == 0, $"{file} {string.Join(' ', arguments)} ended with {code}:\n{child.Output}");
        return child.Output;
    }
}
