using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Models.Audit;
using Copilot.Models.Checking;
using Copilot.Models.Tools;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>What follows from two numbers of the results may be said beside them; what does not, or mixes what is not alike, is
/// struck.</summary>
public sealed class DerivedNumberTests
{
    private const string OfPay = "{ resource.service.name = \"pay\" }";

    private static readonly ToolResult[] Results =
    [
        Findings.Of(new ComparisonResult("p95", "ms", 120, 240), OfPay, claims: ["40 of 160 requests failed"]),
        Findings.Of(new ComparisonResult("error_rate", "1", 0.05, 0.125), OfPay),
        Findings.Of(new OperationsResult([new OperationItem("web", "GET /", 480, "ms")]), "{ resource.service.name = \"web\" }"),
        ToolResult.Of(
            new JsonObject
            {
                ["status"] = KnownText.Leaf("ok", KnownAs.Word),
                ["data"] = new JsonObject
                {
                    ["service"] = KnownText.Leaf("pay", KnownAs.Service),
                    ["quotedStatusMessage"] = "960",
                    ["attributes"] = new JsonArray(new JsonObject { ["quotedKey"] = "note", ["quotedValue"] = "720 ms" }),
                },
            }
        ),
    ];

    private static readonly EvidenceCheck Check = new(Results, "how is pay doing", ["pay", "web"], TimeZoneInfo.Utc);

    [Theory]
    [InlineData("The p95 of `pay` rose from 120 ms to 240 ms, twice as much.")]
    [InlineData("The p95 of `pay` rose from 120 ms to 240 ms, 2.0 times as much.")]
    [InlineData("The p95 of `pay` rose from 120 ms to 240 ms, that is 100 % more.")]
    [InlineData("It doubled from 120 ms to 240 ms.")]
    // Its two sides stand in the results, whether they are cited or not.
    [InlineData("The p95 of `pay` is twice as high.")]
    [InlineData("The p95 of `pay` rose from 120 ms, twice as much.")]
    [InlineData("The p95 of `pay` went from 120 ms to 240 ms with 40 failures, twice as much.")]
    [InlineData("At 240 ms it is 50 % above the 160 requests.", "50 %")]
    [InlineData("The error rate of `pay` rose from 5 % to 12.5 %, 7.5 percentage points more.")]
    [InlineData("The error rate of `pay` rose from 5 % to 12.5 %, that is 150 % higher.")]
    [InlineData("The error rate of `pay` rose from 5 % to 12.5 %, 2.5 times as high.")]
    public void What_follows_stays(string text, string? struck = null) => Expect(text, struck);

    [Theory]
    [InlineData("The p95 of `pay` rose from 120 ms to 240 ms, 130 ms more.", "130 ms")]
    [InlineData("The p95 of `pay` rose from 120 ms to 240 ms, 3 times as much.", "3")]
    [InlineData("The p95 of `pay` rose from 120 ms to 240 ms, thrice as much.", "thrice")]
    [InlineData("The p95 of `pay` rose from 120 ms to 240 ms, 90 % more.", "90 %")]
    // The figures go the other way.
    [InlineData("The p95 of `pay` rose from 240 ms to 120 ms.", "rose")]
    // Other services, other units: nothing follows.
    [InlineData("`pay` took 240 ms and `web` took 480 ms, twice as much.", "twice")]
    [InlineData("It took 240 ms there and 480 ms here, twice as much.", "twice")]
    [InlineData("Of 160 requests 240 ms is 80 more.", "80")]
    // A number that no word says how it follows.
    [InlineData("The p95 of `pay` rose from 120 ms to 240 ms; 360 failed.", "360")]
    public void What_does_not_is_struck(string text, string struck) => Expect(text, struck);

    [Theory]
    // What strangers wrote is no number to reckon with.
    [InlineData("The p95 of `pay` rose from 240 ms to 720 ms, 480 ms more.")]
    [InlineData("It went from 480 ms to 960, twice as much.")]
    public void Telemetry_is_no_operand(string text) => Assert.True(Check.Check(text).Struck >= 1, Check.Check(text).Text);

    [Fact]
    public void What_telemetry_says_may_be_quoted_and_is_no_finding()
    {
        Assert.Equal(0, Check.Check("The span of `pay` carries `720 ms` as its `note`.").Struck);
        Assert.Equal(1, Check.Check("The span of `pay` took 720 ms.").Struck);
    }

    private static void Expect(string text, string? struck)
    {
        var (clean, count) = Check.Check(text);
        if (struck is null)
        {
            Assert.Equal(text, clean);
            return;
        }

        Assert.Contains($"~~{struck}~~", clean, StringComparison.Ordinal);
        Assert.True(count == 1, clean);
    }
}
