using System.Text.RegularExpressions;
using Xunit;

namespace Copilot.Architecture.Tests;

/// <summary>Which room may use which, and what is named in one room only.</summary>
public sealed class RoomTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Telemetry"] = [],
        ["TraceQL"] = [],
        ["Store"] = ["Telemetry", "TraceQL"],
        ["Ingest"] = ["Telemetry", "TraceQL", "Store"],
        ["Analysis"] = ["Telemetry"],
        ["Incidents"] = ["Telemetry", "Store", "Analysis"],
        ["Agent"] = ["Telemetry", "Store", "TraceQL", "Analysis", "Incidents"],
        ["Watch"] = ["Telemetry", "Store", "Analysis", "Incidents"],
        ["Slack"] = ["Telemetry", "Agent", "Incidents"],
        ["Instrument"] = ["Telemetry"],
        ["Demo"] = [],
        ["Web"] = ["Telemetry", "TraceQL", "Store", "Ingest", "Analysis", "Incidents", "Agent", "Watch", "Slack", "Instrument"],
        ["Cli"] = ["Telemetry", "TraceQL", "Store", "Ingest", "Analysis", "Incidents", "Agent", "Instrument"],
    };

    [Fact]
    public void A_room_uses_only_what_the_table_allows()
    {
        var broken = Repository.Rooms()
            .SelectMany(r => r.Value.Where(used => !Allowed.TryGetValue(r.Key, out var may) || !may.Contains(used)).Select(used => $"{r.Key} → {used}"));
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_room_of_the_table_that_has_code_is_a_project_and_every_project_is_in_the_table() =>
        Assert.Empty(Repository.Rooms().Keys.Except(Allowed.Keys));

    [Theory]
    [InlineData("Npgsql", "Store")]
    [InlineData("MudBlazor", "Web")]
    [InlineData("OpenAI", "Agent")]
    [InlineData("Anthropic", "Agent")]
    [InlineData("Microsoft.SemanticKernel.Core", "Agent")]
    [InlineData("Grpc.AspNetCore.Server", "Ingest")]
    [InlineData("YamlDotNet", "Incidents")]
    public void A_package_has_one_room(string package, string room)
    {
        var users = Repository.Packages().Where(p => p.Value.Contains(package)).Select(p => p.Key);
        Assert.Equal([room], users);
    }

    [Theory]
    [InlineData(@"\busing (static )?Npgsql\b|\bNpgsql(Connection|Command|DataSource|Parameter|Exception)\b", "Store")]
    [InlineData(@"\busing (static )?MudBlazor\b|Microsoft\.AspNetCore\.Components\b", "Web")]
    [InlineData(@"\busing (static )?Microsoft\.SemanticKernel\b", "Agent")]
    [InlineData(@"\busing (static )?Grpc\b", "Ingest")]
    [InlineData(@"conversations\.(create|invite)|chat\.postMessage|views\.open", "Slack")]
    public void A_name_has_one_room(string pattern, string room)
    {
        var name = new Regex(pattern);
        var strays = Repository.Files("src", ".cs", ".razor")
            .Where(f => !Repository.Relative(f).StartsWith($"src/Copilot.{room}/", StringComparison.Ordinal))
            .Where(f => name.IsMatch(File.ReadAllText(f)))
            .Select(Repository.Relative);
        Assert.Empty(strays);
    }
}
