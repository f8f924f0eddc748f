using System.Text.Json;
using Copilot.Cli.Querying;
using Xunit;

namespace Copilot.Cli.Tests;

public class CheckLinesTests
{
    [Theory]
    [InlineData(
        "{ .a = 1 || .b }",
        """{"query":"{ .a = 1 || .b }","result":"ok","canonical":"{ (.a = 1) || .b }","error":null,"line":null,"column":null}"""
    )]
    [InlineData("{ \"x\" }", "invalid")]
    [InlineData("{ parent.a = 1 }", "unsupported")]
    [InlineData("{ .a = ", "parse_error")]
    public async Task A_query_is_answered_with_its_result(string query, string expected)
    {
        var answer = Assert.Single(await CheckAsync(JsonSerializer.Serialize(new { query })));
        Assert.Contains(expected, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_has_its_place()
    {
        using var answer = JsonDocument.Parse(Assert.Single(await CheckAsync("""{"query": "{ true }\n| { .a | .b }"}""")));
        Assert.Equal((2, 8), (answer.RootElement.GetProperty("line").GetInt32(), answer.RootElement.GetProperty("column").GetInt32()));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[1]")]
    [InlineData("""{"query": 3}""")]
    [InlineData("""{"query": "\ud83d"}""")]
    public async Task A_line_that_is_no_question_is_answered_too(string line) =>
        Assert.Contains("parse_error", Assert.Single(await CheckAsync(line)), StringComparison.Ordinal);

    [Fact]
    public async Task Ten_thousand_lines_have_ten_thousand_answers()
    {
        var line = JsonSerializer.Serialize(
            new
            {
                query = "{ resource.service.name = \"api\" && (span.http.status_code >= 500 || duration > 1s) } >> { status = error } | count() > 2",
            }
        );
        var answers = await CheckAsync([.. Enumerable.Repeat(line, 10_000)]);
        Assert.Equal(10_000, answers.Length);
    }

    private static async Task<string[]> CheckAsync(params string[] lines)
    {
        using var output = new StringWriter();
        await CheckLines.RunAsync(new StringReader(string.Join('\n', lines)), output, CancellationToken.None);
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
