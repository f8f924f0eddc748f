using Copilot.Answers.Contract;
using Copilot.Models.Checking;
using Copilot.Models.Tools;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>A cell of a table is a fact as what its column counts and of the service that its row names; so is a period's length.</summary>
public sealed class TableFactTests
{
    private static readonly ToolResult[] Results =
    [
        Findings.Of(
            new TableResult(
                [new("service"), new("span.region"), new("p95", "ms"), new("error_rate", "1"), new("request_count", "count")],
                [
                    ["pay", "pay 77", 240.0, 0.125, 160L],
                    ["web", "EU", 480.0, 0.25, 320L],
                ],
                2
            )
        ),
        Findings.Of(
            new PeriodResult(
                Findings.Window.From,
                Findings.Window.From.AddMinutes(12),
                false,
                "pay",
                null,
                "p99",
                "ms",
                35,
                910,
                Findings.Window.To
            )
        ),
    ];

    private static readonly EvidenceCheck Check = new(Results, "how do they do", ["pay", "web"], TimeZoneInfo.Utc);

    [Theory]
    [InlineData("The p95 of `pay` is 240 ms and 12.5 % of its 160 requests failed.")]
    [InlineData("`web` has a p95 of 480 ms.")]
    [InlineData("The p99 of `pay` rose from 35 ms to 910 ms.")]
    [InlineData("It lasted 12 minutes.")]
    public void What_a_table_or_a_period_shows_may_be_said(string text) => Assert.Equal((text, 0), Checked(text));

    [Theory]
    [InlineData("The p95 of `pay` is 480 ms.")]
    [InlineData("The p95 of `web` is 240 ms.")]
    [InlineData("The error rate of `pay` is 16 %.")]
    [InlineData("`pay` took 77 ms.")]
    [InlineData("It lasted 13 minutes.")]
    public void What_another_row_or_nobody_shows_is_struck(string text) => Assert.True(Checked(text).Struck > 0);

    private static (string Text, int Struck) Checked(string text)
    {
        var (clean, struck) = Check.Check(text);
        return (clean, struck);
    }
}
