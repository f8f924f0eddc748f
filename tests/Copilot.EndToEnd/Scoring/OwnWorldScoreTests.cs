using System.Net.Http.Json;
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

    /// <summary>Of some forty moments of one system.</summary>
    private const int MostMisleading = 1;

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
                await WhatGoesOnIsToldAsync(app.Http, world);
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Asked at the end of each fault, 45 s after it, and every minute of the quiet time that begins then.</summary>
    private async Task WhatGoesOnIsToldAsync(HttpClient http, string world)
    {
        using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(world, "truth.json")));
        var wrong = new List<string>();
        foreach (var fault in truth.RootElement.GetProperty("faults").EnumerateArray())
        {
            var end = fault.GetProperty("to").GetDateTimeOffset();
            if (fault.GetProperty("cause") is { ValueKind: JsonValueKind.Object } cause)
            {
                string[] accepted =
                [
                    cause.GetProperty("service").GetString()!,
                    .. cause.GetProperty("also").EnumerateArray().Select(also => also.GetString()!),
                ];
                var (lasts, _, named) = await AskNowAsync(http, end);
                if (!lasts || !accepted.Contains(named))
                    wrong.Add($"{end:T}: {string.Join(" or ", accepted)} was told as {named ?? "nothing"}");
            }

            for (var after = 45; after < 4 * 60; after += 60)
            {
                if (await AskNowAsync(http, end.AddSeconds(after)) is (true, true, { } still))
                    wrong.Add($"{after} s after {end:T}: {still} was told as going on");
            }
        }

        output.WriteLine(string.Join('\n', wrong));
        Assert.True(wrong.Count <= MostMisleading, $"{Path.GetFileName(world)}: {string.Join("; ", wrong)}");
    }

    private static async Task<(bool Lasts, bool IsSure, string? Cause)> AskNowAsync(HttpClient http, DateTimeOffset asOf)
    {
        using var reply = await http.PostAsJsonAsync("api/v1/ask", new { question = "what is going wrong right now?", asOf });
        using var answer = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
        var cause = answer
            .RootElement.GetProperty("result")
            .GetProperty("items")
            .EnumerateArray()
            .Where(item => item.GetProperty("role").GetString() == "cause")
            .Select(item => item.GetProperty("service").GetString())
            .FirstOrDefault();
        var text = answer.RootElement.GetProperty("answer").GetString()!;
        return (
            cause is not null
                && !text.Contains("Nothing is going wrong right now", StringComparison.Ordinal)
                && !text.Contains("It seems to be over", StringComparison.Ordinal),
            !text.Contains("cannot be told", StringComparison.Ordinal),
            cause
        );
    }

    private static async Task<string> RunAsync(string file, params string[] arguments)
    {
        await using var child = ChildProcess.Start(file, arguments);
        var code = await child.WaitAsync(TimeSpan.FromMinutes(6));
        Assert.True(code == 0, $"{file} {string.Join(' ', arguments)} ended with {code}:\n{child.Output}");
        return child.Output;
    }
}
