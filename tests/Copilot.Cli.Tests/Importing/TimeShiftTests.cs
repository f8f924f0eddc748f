using System.Text;
using System.Text.Json.Nodes;
using Copilot.Cli.Importing;
using Xunit;

namespace Copilot.Cli.Tests.Importing;

public sealed class TimeShiftTests
{
    private const string Span =
        """{"startTimeUnixNano":"1700000000000000000","endTimeUnixNano": 1700000000000000500,"name":"\"startTimeUnixNano\":\"7\"","observedTimeUnixNano":"0","attributes":[{"key":"timeUnixNano","value":{"intValue":"9"}}]}""";

    [Fact]
    public void Every_time_moves_and_nothing_else_does()
    {
        var moved = Encoding.UTF8.GetString(TimeShift.Move(Encoding.UTF8.GetBytes(Span), 60_000_000_000));
        Assert.Equal(
            Span.Replace("1700000000000000000", "1700000060000000000", StringComparison.Ordinal)
                .Replace("1700000000000000500", "1700000060000000500", StringComparison.Ordinal),
            moved
        );
    }

    [Fact]
    public void The_newest_time_is_found() => Assert.Equal(1_700_000_000_000_000_500, TimeShift.Newest(Encoding.UTF8.GetBytes(Span)));

    [Fact]
    public void Named_members_of_json_move_at_any_depth()
    {
        var node = JsonNode.Parse(
            """{"oncalls":[{"start":"2026-01-01T00:00:00Z","end":null,"user":{"name":"start"}}],"time":"2026-01-01T00:00:00Z"}"""
        );
        TimeShift.Move(node, TimeSpan.FromHours(1), "start", "end");
        Assert.Equal("2026-01-01T01:00:00.0000000+00:00", node!["oncalls"]![0]!["start"]!.GetValue<string>());
        Assert.Equal("start", node["oncalls"]![0]!["user"]!["name"]!.GetValue<string>());
        Assert.Equal("2026-01-01T00:00:00Z", node["time"]!.GetValue<string>());
    }
}
