using System.Text.RegularExpressions;
using Copilot.Answers.Contract;
using Copilot.Models.Checking;
using Copilot.Models.Tools;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>What may be said about one small set of results, and what is struck from it.</summary>
public sealed class EvidenceTests
{
    private static readonly ToolResult[] Results =
    [
        Findings.Of(
            new ServicesResult([new ServiceItem("pay", "cause", 0.93, null), new ServiceItem("web", "affected", 0.5, null)]),
            "{ }",
            "about 4242",
            Findings.Window,
            "pay: 60 of 120 requests fail",
            "web: p95 37 ms"
        ),
        Findings.Of(
            new ScalarResult("error_rate", 0.1098, "1"),
            "{ resource.service.name = \"pay\" }",
            claims: ["19 of 173 requests failed; mean 300 ms"]
        ),
        Findings.Of(
            new OperationsResult([new OperationItem("pay", "charge", 300.4, "ms"), new OperationItem("web", "GET /", 12.25, "ms")])
        ),
        Findings.Of(new TraceResult("0560ef64124165eecd3997b4031f47b8", 125400, ["pay", "web"], []), "trace"),
    ];

    private static readonly EvidenceCheck Check = new(
        Results,
        "why does pay fail in the last 15 minutes, I saw 7 alerts",
        ["pay", "web", "ledger", "ship"],
        TimeZoneInfo.Utc
    );

    [Theory]
    [InlineData("The error rate of `pay` was 11 %: 19 of 173 requests failed.")]
    [InlineData("The error rate was 10.98 percent, or 0.11.")]
    [InlineData("`pay` took 300 ms, 0.3 s or 300.4 ms in `charge`.")]
    [InlineData("Nineteen of one hundred seventy-three requests failed.")]
    [InlineData("Half of 120 requests failed, sixty of them.", false)]
    [InlineData("The window is 2 minutes long, within the 15 minutes that you asked about; 7 alerts.")]
    [InlineData("Trace `0560ef64124165eecd3997b4031f47b8`, short 0560ef64 or 0560ef64…, took 2 min 5 s.")]
    [InlineData("The root cause is `pay`.")]
    [InlineData("1. `pay` and one other service are affected.")]
    [InlineData("At 12:02 it began.")]
    [InlineData("It's 'pay' that web's users wait for.")]
    [InlineData("No cause is known for `ship`.", false)]
    public void What_a_result_shows_stays(string text, bool whole = true)
    {
        if (whole)
            Assert.Equal((text, 0), Check.Check(text));
        else
            Assert.DoesNotContain("Hypothesis", Check.Check(text).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("It took 300 s.", "300 s")]
    [InlineData("It took 5 minutes.", "5 minutes")]
    [InlineData("19 % failed.", "19 %")]
    [InlineData("It got 173 requests/s.", "173 requests/s")]
    [InlineData("It was 173 rps.", "173 rps")]
    [InlineData("It took 11 ms.", "11 ms")]
    [InlineData("It fails in 19-20 % of requests.", "20 %")]
    [InlineData("Between 19 and 99 failed.", "99")]
    [InlineData("12k requests failed.", "12k")]
    [InlineData("Some 4242 failed.", "4242")]
    [InlineData("Fourteen requests failed.", "Fourteen")]
    [InlineData("Ninety-nine percent failed.", "Ninety-nine percent")]
    [InlineData("Three quarters of the requests failed.", "Three quarters")]
    [InlineData("Hundreds failed.", "Hundreds")]
    [InlineData("The latency doubled.", "doubled")]
    [InlineData("It is ½ as slow.", "½")]
    [InlineData("It took ９９ requests.", "９９")]
    [InlineData("It took ٩٩ requests.", "٩٩")]
    [InlineData("The mean of `web` was 300.4 ms.", "300.4 ms")]
    [InlineData("`web` had an error rate of 11 %.", "11 %")]
    [InlineData("`pay` took 12.25 ms.", "12.25 ms")]
    [InlineData("See trace 0560ef65.", "0560ef65")]
    [InlineData("See trace `1560ef64124165eecd3997b4031f47b8`.", "`1560ef64124165eecd3997b4031f47b8`")]
    [InlineData("It was ledger.", "ledger")]
    [InlineData("It was 'ledger-core'.", "'ledger-core'")]
    [InlineData("It was “ledger-core”.", "“ledger-core”")]
    [InlineData("It is up to Ada Lovelace.", "Ada Lovelace")]
    [InlineData("At 12:03 it began.", "12:03")]
    [InlineData("Write to a@b.example.", "a@b.example")]
    [InlineData("Ask @mallory.", "@mallory.")]
    [InlineData("It is on evil.example/x.", "link")]
    [InlineData("Go to HTTP://evil.example/x now.", "link")]
    [InlineData("Press javascript:alert(1) now.", "link")]
    public void What_no_result_shows_is_struck(string text, string struck)
    {
        var (clean, count) = Check.Check(text);
        Assert.Matches($@"~~{Regex.Escape(struck)}~~ \*\((?:not in the data|in the data, but not of this)\)\*", clean);
        Assert.Equal(1, count);
    }

    [Theory]
    [InlineData("The root cause is `web`.")]
    [InlineData("It fails because of `web`.")]
    [InlineData("The deploy probably broke it.")]
    [InlineData("This suggests a full pool.")]
    [InlineData("Requests fail due to a timeout.")]
    public void What_is_concluded_is_marked_as_a_hypothesis(string text) =>
        Assert.StartsWith("Hypothesis: ", Check.Check(text).Text, StringComparison.Ordinal);

    [Fact]
    public void A_mark_is_not_doubled_and_stands_behind_the_sign_of_a_list()
    {
        Assert.Equal("Hypothesis: the pool is probably full.", Check.Check("Hypothesis: the pool is probably full.").Text);
        Assert.Equal("- Hypothesis: It fails because of a timeout.", Check.Check("- It fails because of a timeout.").Text);
    }
}
