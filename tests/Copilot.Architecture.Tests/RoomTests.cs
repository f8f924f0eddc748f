using System.Text.RegularExpressions;
using Xunit;

namespace Copilot.Architecture.Tests;

/// <summary>Which room may use which, and what is named in one room only.</summary>
public sealed class RoomTests
{
    private static readonly Dictionary<string, string[]> _table = new()
    {
        ["Telemetry"] = [],
        ["TraceQL"] = [],
        ["Store"] = ["Telemetry", "TraceQL"],
        ["Access"] = ["Store"],
        ["Ingest"] = ["Telemetry", "TraceQL", "Store", "Access"],
        ["Analysis"] = ["Telemetry"],
        ["Ownership"] = ["Store"],
        ["Diagnosis"] = ["Telemetry", "TraceQL", "Store", "Analysis", "Ownership"],
        ["Incidents"] = ["Telemetry", "Store", "Ownership", "Diagnosis"],
        ["Language"] = ["Telemetry", "TraceQL"],
        ["Answers"] = ["Telemetry", "TraceQL", "Store", "Analysis", "Ownership", "Diagnosis", "Language", "Incidents"],
        ["Models"] = ["Telemetry", "TraceQL", "Store", "Analysis", "Ownership", "Language", "Answers", "Incidents"],
        ["Slack"] = ["Telemetry", "Diagnosis", "Answers", "Incidents"],
        ["Instrument"] = ["Telemetry", "Store", "Ownership"],
        ["Mcp"] = ["TraceQL", "Answers", "Models"],
        ["Demo"] = [],
        ["Web"] =
        [
            "Telemetry",
            "TraceQL",
            "Store",
            "Access",
            "Ingest",
            "Analysis",
            "Ownership",
            "Diagnosis",
            "Incidents",
            "Language",
            "Answers",
            "Models",
            "Slack",
            "Mcp",
            "Instrument",
        ],
        ["Cli"] = ["Telemetry", "TraceQL", "Access", "Ingest", "Language", "Instrument"],
    };

    [Fact]
    public void A_room_uses_exactly_what_the_table_names()
    {
        var rooms = Repository.Rooms();
        var table = _table.SelectMany(row => row.Value.Select(used => $"{row.Key} → {used}"));
        var projects = rooms.SelectMany(room => room.Value.Select(used => $"{room.Key} → {used}"));
        Assert.Equal(table.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_room_of_the_table_is_a_project_and_every_project_is_in_the_table() =>
        Assert.Equal(_table.Keys.Order(StringComparer.Ordinal), Repository.Rooms().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void A_room_that_is_referenced_is_named_in_the_code()
    {
        var idle = Repository
            .Rooms()
            .SelectMany(room => room.Value.Where(used => !Names(room.Key, used)).Select(used => $"{room.Key} → {used}"));
        Assert.Empty(idle);

        static bool Names(string room, string used) =>
            Repository.Files($"src/Copilot.{room}", ".cs", ".razor").Any(f => Regex.IsMatch(File.ReadAllText(f), $@"\bCopilot\.{used}\b"));
    }

    [Theory]
    [InlineData("Npgsql", "Store")]
    [InlineData("MudBlazor", "Web")]
    [InlineData("OpenAI", "Models")]
    [InlineData("Anthropic", "Models")]
    [InlineData("Microsoft.SemanticKernel", "Models")]
    [InlineData("ModelContextProtocol.AspNetCore", "Mcp")]
    [InlineData("Grpc.AspNetCore.Server", "Ingest")]
    [InlineData("YamlDotNet", "Instrument", "Ownership")]
    public void A_package_stays_in_its_rooms(string package, params string[] rooms)
    {
        var users = Repository.Packages().Where(p => p.Value.Contains(package)).Select(p => p.Key);
        Assert.Equal(rooms, users.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(@"\busing (static )?Npgsql\b|\bNpgsql(Connection|Command|DataSource|Parameter|Exception)\b", "Store")]
    [InlineData(@"\busing (static )?MudBlazor\b|Microsoft\.AspNetCore\.Components\b", "Web")]
    [InlineData(@"\busing (static )?Microsoft\.SemanticKernel\b", "Models")]
    [InlineData(@"\busing (static )?ModelContextProtocol\b", "Mcp")]
    [InlineData(@"\busing (static )?Grpc\b", "Ingest")]
    [InlineData(@"conversations\.(create|invite)|chat\.postMessage|views\.open", "Slack")]
    public void A_name_has_one_room(string pattern, string room)
    {
        var name = new Regex(pattern);
        var strays = Repository
            .Files("src", ".cs", ".razor")
            .Where(f => !Repository.Relative(f).StartsWith($"src/Copilot.{room}/", StringComparison.Ordinal))
            .Where(f => name.IsMatch(File.ReadAllText(f)))
            .Select(Repository.Relative);
        Assert.Empty(strays);
    }
}
