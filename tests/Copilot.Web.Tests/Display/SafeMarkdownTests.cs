using Copilot.Web.Display;
using Xunit;

namespace Copilot.Web.Tests.Display;

/// <summary>Answers and guides quote telemetry, and telemetry is written by anybody.</summary>
public sealed class SafeMarkdownTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("<img src=x onerror=alert(1)>", "<img")]
    [InlineData("![watch](https://evil.example/pixel.png)", "<img")]
    [InlineData("[click](javascript:alert(1))", "javascript:")]
    [InlineData("[click](JaVaScRiPt:alert(1))", "cript:")]
    [InlineData("[click](data:text/html;base64,PHNjcmlwdD4=)", "data:")]
    [InlineData("[click](//evil.example/x)", "//evil")]
    [InlineData("<javascript:alert(1)>", "href")]
    public void Nothing_in_a_text_runs_loads_or_leads_astray(string markdown, string mustNotHold) =>
        Assert.DoesNotContain(mustNotHold, SafeMarkdown.ToHtml(markdown).Value, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("[trace](/trace/abc)", "href=\"/trace/abc\"")]
    [InlineData("[docs](https://opentelemetry.io)", "href=\"https://opentelemetry.io\"")]
    [InlineData("**bold** `code`", "<strong>bold</strong> <code>code</code>")]
    [InlineData("- [ ] roll back", "☐ roll back")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "<table tabindex=\"0\">")]
    public void What_an_answer_needs_is_kept(string markdown, string mustHold) =>
        Assert.Contains(mustHold, SafeMarkdown.ToHtml(markdown).Value, StringComparison.Ordinal);
}
