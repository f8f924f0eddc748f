using System.Text.Json;
using Microsoft.ML.Tokenizers;
using ModelContextProtocol.Protocol;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Mcp.Tests;

/// <summary>What the tools and their longest answers cost a model to read, counted by a tokenizer that models use.</summary>
[Trait("needs", "postgres")]
public sealed class TokenTests(McpRoom room, ITestOutputHelper output) : IClassFixture<McpRoom>
{
    private const int MostOfDefinitions = 3_000;
    private const int MostOfAnswer = 4_000;

    private static readonly TiktokenTokenizer Tokenizer = TiktokenTokenizer.CreateForModel("gpt-4o");

    [Fact]
    public async Task The_definitions_of_all_tools_together_stay_below_three_thousand_tokens()
    {
        await using var client = await room.ConnectAsync();
        var tools = await client.ListToolsAsync();
        var sum = Tokenizer.CountTokens(client.ServerInstructions!);
        output.WriteLine($"instructions\t{sum}");
        foreach (var tool in tools)
        {
            var tokens = Tokenizer.CountTokens(
                JsonSerializer.Serialize(
                    new
                    {
                        tool.Name,
                        tool.Description,
                        tool.JsonSchema,
                    }
                )
            );
            output.WriteLine($"{tool.Name}\t{tokens}");
            sum += tokens;
        }

        output.WriteLine($"all\t{sum}");
        Assert.InRange(tools.Count, 1, 10);
        Assert.InRange(sum, 500, MostOfDefinitions);
    }

    [Theory]
    [InlineData(
        "query",
        """{"measures":["count","failed","error_rate","mean","p50","p95","p99"],"by":["operation"],"from":"2026-03-01T12:00:00Z","limit":100}"""
    )]
    [InlineData("query", """{"over":"traces","from":"2026-03-01T12:00:00Z","limit":100}""")]
    [InlineData("query", """{"over":"spans","by":["note"],"from":"2026-03-01T12:00:00Z","limit":100}""")]
    [InlineData("query", """{"measures":["count"],"step":"1s","from":"2026-03-01T12:00:00Z"}""")]
    [InlineData("trace", """{"traceId":"WIDE"}""")]
    [InlineData("trace", """{"traceId":"WIDE","view":"spans","limit":100}""")]
    [InlineData("compare", """{"from":"2026-03-01T12:02:00Z"}""")]
    [InlineData("find", """{"what":"services"}""")]
    [InlineData("diagnose", """{"from":"2026-03-01T12:02:00Z"}""")]
    [InlineData("owners", "{}")]
    [InlineData("traceql", """{"query":"{ }","from":"2026-03-01T12:00:00Z"}""")]
    public async Task The_longest_answers_stay_within_their_tokens(string tool, string arguments)
    {
        await using var client = await room.ConnectAsync();
        var result = await client.CallToolAsync(
            tool,
            JsonSerializer
                .Deserialize<Dictionary<string, JsonElement>>(arguments.Replace("WIDE", room.Wide.ToString(), StringComparison.Ordinal))!
                .ToDictionary(pair => pair.Key, pair => (object?)pair.Value)
        );
        var text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.False(result.IsError == true, text);
        var tokens = Tokenizer.CountTokens(text);
        output.WriteLine($"{tool} {arguments}\t{text.Length} characters\t{tokens} tokens");
        Assert.InRange(tokens, 1, MostOfAnswer);
    }
}
