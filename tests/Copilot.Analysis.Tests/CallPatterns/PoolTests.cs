using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Analysis.Tests.CallPatterns;

public sealed class PoolTests
{
    [Fact]
    public void Whoever_is_slow_fills_its_callers_pool_and_is_to_blame_for_the_wait()
    {
        var report = TriedCalls.Rank(i => [Call(40, 2, i)], i => [Call(200, 500, i)], operations: 2);
        var first = report.Items[0];
        Assert.Equal((CauseVerdict.Cause, "payment", CauseKind.Latency), (report.Verdict, first.Service, first.Kind));
        Assert.Contains("checkout waits 503 ms before it calls payment where it waited 5 ms", first.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wait_for_somebody_as_fast_as_ever_is_the_callers_own()
    {
        var report = TriedCalls.Rank(i => [Call(40, 2, i)], i => [Call(40, 500, i)], operations: 2);
        var first = report.Items[0];
        Assert.Equal((CauseVerdict.Cause, "checkout", CauseKind.Saturation), (report.Verdict, first.Service, first.Kind));
        Assert.Contains(first.Evidence, e => e.Signal == SignalKind.PoolWait);
    }

    [Fact]
    public void One_operation_may_simply_do_more_before_its_call()
    {
        var report = TriedCalls.Rank(i => [Call(40, 2, i)], i => [Call(40, 500, i)]);
        var first = report.Items[0];
        Assert.Equal(("checkout", CauseKind.Latency), (first.Service, first.Kind));
        Assert.DoesNotContain(first.Evidence, e => e.Signal == SignalKind.PoolWait);
    }

    private static TriedCall Call(double ms, double afterMs, int number) =>
        new(ms + 1 + (number % 7), ms + (number % 7), AfterMs: afterMs + (number % 3));
}
