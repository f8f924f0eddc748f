using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>The lines of the README that set a model up, with the address of a server that counts who asks it.</summary>
public sealed partial class DocumentedModelTests
{
    [Fact]
    public async Task Who_follows_the_README_is_answered_by_the_model_or_told_why_not()
    {
        using var model = new HttpListener();
        var address = $"http://127.0.0.1:{FreePorts.Take()}/";
        model.Prefixes.Add(address);
        model.Start();
        var asked = RefuseAsync(model);

        var lines = DocumentedCommand
            .All()
            .Where(command => command.Place.StartsWith("README.md:", StringComparison.Ordinal))
            .Where(command => command.Shell.Contains("Model__Default=", StringComparison.Ordinal) || command.Shell.Contains("=compatible "))
            .SelectMany(command => Assignment().Matches(command.Shell.Split('#')[0]).Select(m => m.Value))
            .Select(setting => setting.Replace("http://127.0.0.1:11434/", address, StringComparison.Ordinal).Replace('…', 'm'))
            .Select(setting => "--" + setting)
            .ToArray();
        Assert.True(lines.Length >= 4, string.Join(' ', lines));
        await using var app = await RunningApp.StartAsync(false, lines);
        Assert.Contains("Model: m (compatible) answers", app.Output, StringComparison.Ordinal);

        using var reply = await app.Http.PostAsJsonAsync("api/v1/ask", new { question = "which services send telemetry?" });
        var answer = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
        await asked.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Contains("the key is not accepted", (string?)answer["engineNote"], StringComparison.Ordinal);
    }

    private static async Task RefuseAsync(HttpListener model)
    {
        var request = await model.GetContextAsync();
        request.Response.StatusCode = 401;
        request.Response.Close();
    }

    [GeneratedRegex(@"Model__\w+=\S+")]
    private static partial Regex Assignment();
}
