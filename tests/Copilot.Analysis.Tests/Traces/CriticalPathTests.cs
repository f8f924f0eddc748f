using Copilot.Analysis.Traces;
using Copilot.Telemetry.Spans;
using Xunit;

namespace Copilot.Analysis.Tests.Traces;

public sealed class CriticalPathTests
{
    [Fact]
    public void Waits_belong_to_the_child_that_ended_last()
    {
        // root 0–100, a 10–40, b 30–90: until 30 the root and a, then b, then the root again.
        var path = Path((1, 0, 0, 100), (2, 1, 10, 40), (3, 1, 45, 90));
        Assert.Equal([(1, 10.0), (2, 30), (1, 5), (3, 45), (1, 10)], path);
    }

    [Fact]
    public void Of_two_side_by_side_the_longer_counts()
    {
        var path = Path((1, 0, 0, 100), (2, 1, 10, 50), (3, 1, 10, 90));
        Assert.Equal([(1, 10.0), (3, 80), (1, 10)], path);
    }

    [Fact]
    public void What_goes_on_after_the_answer_was_not_waited_for()
    {
        var path = Path((1, 0, 0, 100), (2, 1, 60, 400), (3, 1, 120, 130));
        Assert.Equal([(1, 100.0)], path);
    }

    [Fact]
    public void Clocks_that_differ_are_clipped()
    {
        var path = Path((1, 0, 0, 100), (2, 1, -20, 80));
        Assert.Equal([(2, 80.0), (1, 20)], path);
    }

    [Fact]
    public void A_missing_parent_and_a_cycle_do_no_harm()
    {
        var path = Path((1, 9, 0, 50), (2, 3, 0, 10), (3, 2, 0, 10));
        Assert.Equal(50, path.Sum(p => p.Ms));
        Assert.Equal(100, Path((1, 1, 0, 100)).Sum(p => p.Ms));
        Assert.Empty(CriticalPath.Of([]));
    }

    [Fact]
    public void The_steps_add_up_to_the_root()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var spans = new List<(ulong, ulong, double, double)> { (1, 0, 0, 1000) };
            for (ulong id = 2; id < 30; id++)
            {
                var from = random.Next(-50, 1000);
                spans.Add((id, (ulong)random.Next(1, (int)id), from, from + random.Next(0, 400)));
            }

            Assert.Equal(1000, Path([.. spans]).Sum(p => p.Ms), 3);
        }
    }

    private static List<(int Id, double Ms)> Path(params (ulong Id, ulong Parent, double From, double To)[] spans)
    {
        var lean = spans
            .Select(s => new SampleSpan
            {
                Trace = 0,
                Id = new SpanId(s.Id),
                Parent = new SpanId(s.Parent),
                Service = 0,
                Operation = 0,
                Kind = SpanKind.Server,
                StartNs = (long)(s.From * 1e6),
                DurationNs = (long)((s.To - s.From) * 1e6),
            })
            .ToArray();
        return [.. CriticalPath.Of(lean).Select(s => ((int)lean[s.Span].Id.Value, s.SelfMs))];
    }
}
