using Copilot.Language.Questions;
using Xunit;

namespace Copilot.Language.Tests.Readings;

/// <summary>The question that the product began with: slow and failed requests and the exact traces in both. Written down before any was
/// tried: 30 of the 32 held at once.</summary>
public sealed class SeedQuestionTests
{
    public static TheoryData<string> Phrasings =>
        [
            "Which requests had above-average latency, which threw errors, and which exact traces are in both, since 08:00?",
            "which requests had above average latency and threw errors since 08:00",
            "which traces have above-average latency and contain errors since 08:00?",
            "since 08:00: traces slower than average and with errors",
            "traces that are slower than the average and failed since 08:00",
            "failed traces slower than average since 08:00",
            "show me slow traces with errors since 08:00",
            "slow and failed traces since 08:00",
            "slow + failed traces since 08:00 pls",
            "give me all traces above avg latency w/ errors since 08:00",
            "list the traces above the mean latency that also threw errors since 08:00",
            "requests with higher than average latency that errored since 08:00",
            "requests that took longer than average and failed, since 08:00",
            "requests that took longer than usual and threw exceptions since 08:00",
            "find traces with above-average duration and exceptions since 08:00",
            "exact traces that were both slow and erroneous since 08:00",
            "which requests were slower than average AND failing since 08:00",
            "what traces exceeded the average latency and had errors since 08:00?",
            "pull the traces with errors and latency above average since 08:00",
            "Can you please show me the traces which are slower as the average and have also errors since 08:00?",
            "hey, which traces since 08:00 had latency above the mean and errors in them? thanks!",
            "<@U0COPILOT> slow traces with errors since 08:00 :fire:",
            "*slow* traces with _errors_ since 08:00",
            "traces >avg latency & errors since 08:00",
            "slwo traces with erorrs since 08:00",
            "traces with abvoe average latncy and errors since 08:00",
            "Which traces have overaverage... I mean above-average latency and errors since 08:00?",
            "zeig mir langsame traces mit fehlern seit 08:00",
            "welche traces sind langsamer als der durchschnitt und haben fehler seit 08:00",
            "traces mit überdurchschnittlicher latenz und fehlern seit 08:00 Uhr",
            "any traces since 08:00 that are slow and have errors?",
            "show requests which were slow and returned errors since 08:00",
        ];

    [Theory]
    [MemberData(nameof(Phrasings))]
    public void Every_phrasing_is_read_as_the_same_plan(string question)
    {
        var plan = Told.Plan(question);
        Assert.Equal("traces 08:00-08:18 failed,slow", Told.Line(plan));
        Assert.Equal(QuestionKind.Traces, plan.Kind);
    }
}
