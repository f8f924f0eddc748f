using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Analysis.Tests.CallPatterns;

public sealed class RetryTests
{
    private const double Backoff = 400;

    [Fact]
    public void A_callee_that_fails_is_to_blame_for_the_tries_and_for_the_waits_between_them()
    {
        var report = TriedCalls.Rank(
            Once,
            i => i % 2 == 0 ? Once(i) : [Failing(), Failing() with { AfterMs = Backoff }, Failing() with { AfterMs = 2 * Backoff }]
        );
        Assert.Equal(CauseVerdict.Cause, report.Verdict);
        var first = report.Items[0];
        Assert.Equal(("payment", CauseKind.Errors), (first.Service, first.Kind));
        var retries = Assert.Single(first.Evidence, e => e.Signal == SignalKind.Retries);
        Assert.Equal((1.0, 2.0), (retries.Before, retries.Now));
        Assert.Contains(
            "checkout calls payment 2.0 times a request instead of 1.0, again after tries that came to nothing (unavailable)",
            first.Why,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(report.Items, i => i.Evidence.Any(e => e.Signal == SignalKind.OwnTime));
    }

    [Fact]
    public void A_caller_that_gives_up_answers_which_take_as_long_as_ever_is_to_blame_itself()
    {
        var report = TriedCalls.Rank(Once, _ => [GivenUp(30), GivenUp(30), GivenUp(30)]);
        Assert.Equal(CauseVerdict.Cause, report.Verdict);
        var first = report.Items[0];
        Assert.Equal("checkout", first.Service);
        Assert.Contains(first.Evidence, e => e.Signal == SignalKind.Timeouts);
        Assert.Contains("checkout calls payment 3.0 times a request instead of 1.0", first.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_callee_that_outlasts_its_callers_usual_patience_is_to_blame()
    {
        var report = TriedCalls.Rank(Once, _ => [GivenUp(200) with { CalleeMs = 900 }, GivenUp(200) with { CalleeMs = 900 }]);
        Assert.Equal((CauseVerdict.Cause, "payment"), (report.Verdict, report.Items[0].Service));
        Assert.DoesNotContain(report.Items, i => i.Evidence.Any(e => e.Signal == SignalKind.Timeouts));
    }

    [Fact]
    public void A_loop_over_many_things_does_not_try_again()
    {
        var report = TriedCalls.Rank(_ => [Fine(), Fine(), Fine()], _ => [Failing(), Failing(), Fine()]);
        Assert.Equal("payment", report.Items[0].Service);
        Assert.DoesNotContain(report.Items, i => i.Evidence.Any(e => e.Signal == SignalKind.Retries));
    }

    [Fact]
    public void Calls_that_say_they_are_sent_again_need_no_status()
    {
        var report = TriedCalls.Rank(Once, _ => [Fine(), Fine() with { IsResent = true, CalleeMs = 500, Ms = 501 }]);
        Assert.Contains(report.Items, i => i.Service == "payment" && i.Evidence.Any(e => e.Signal == SignalKind.Retries));
    }

    private static IReadOnlyList<TriedCall> Once(int number) => [Fine() with { Ms = 41 + (number % 7), CalleeMs = 40 + (number % 7) }];

    private static TriedCall Fine() => new(41, 40);

    private static TriedCall Failing() => new(3, 2, Fails: true, CalleeFails: true);

    private static TriedCall GivenUp(double ms) => new(ms, 43, Fails: true);
}
