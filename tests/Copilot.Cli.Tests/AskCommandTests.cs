using System.Net;
using System.Text.Json.Nodes;
using Copilot.Cli.Querying;
using Xunit;

namespace Copilot.Cli.Tests;

/// <summary>What a terminal shows of an answer, and what a script learns from the exit code.</summary>
public sealed class AskCommandTests
{
    [Fact]
    public async Task Who_answered_and_what_was_struck_is_told()
    {
        var (_, shown) = await AskAsync(
            """{"answer":"2 %","outcome":"answered","engineNote":"Answered by the built-in interpreter: answered 401: the key is not accepted."}"""
        );
        Assert.Contains("note: Answered by the built-in interpreter: answered 401: the key is not accepted.", shown);
    }

    [Theory]
    [InlineData("answered", 0)]
    [InlineData("no_data", 0)]
    [InlineData("clarify", 2)]
    [InlineData("unsupported", 2)]
    public async Task The_exit_code_tells_whether_the_question_was_understood(string outcome, int code) =>
        Assert.Equal(code, (await AskAsync($$"""{"answer":"…","outcome":"{{outcome}}"}""")).Code);

    [Fact]
    public async Task The_exit_code_tells_that_no_answer_came() =>
        Assert.Equal(1, (await AskAsync("""{"detail":"question is missing."}""", HttpStatusCode.BadRequest)).Code);

    [Theory]
    [InlineData("--as-off", "did you mean --as-of?")]
    [InlineData("--since", "it has --url, --as-of")]
    public void What_looks_like_an_option_is_no_part_of_the_question(string stray, string said) =>
        Assert.Contains(
            AskCommand.Create().Parse(["why", stray, "5m"]).Errors,
            error => error.Message.Contains(said, StringComparison.Ordinal)
        );

    private static async Task<(int Code, string[] Shown)> AskAsync(string answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var http = new HttpClient(new Fixed(answer, status)) { BaseAddress = new Uri("http://copilot.test/") };
        using var output = new StringWriter();
        var code = await AskCommand.AskAsync(http, new JsonObject { ["question"] = "?" }, false, output, output, CancellationToken.None);
        return (code, output.ToString().Split('\n'));
    }

    private sealed class Fixed(string body, HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
    }
}
