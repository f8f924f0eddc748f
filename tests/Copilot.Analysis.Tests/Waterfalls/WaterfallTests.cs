using Copilot.Analysis.Traces;
using Copilot.Telemetry.Spans;
using Xunit;

namespace Copilot.Analysis.Tests.Waterfalls;

public sealed class WaterfallTests
{
    [Fact]
    public void Children_follow_their_parent_by_start_and_self_time_is_what_they_leave_uncovered()
    {
        var rows = Waterfall.Arrange([Span(3, 1, 60, 30), Span(1, null, 0, 100), Span(2, 1, 10, 40), Span(4, 2, 20, 10)]);

        Assert.Equal([1, 2, 3, 0], rows.Select(r => r.Index));
        Assert.Equal([0, 1, 2, 1], rows.Select(r => r.Depth));
        Assert.Equal([30L, 30, 10, 30], rows.Select(r => r.SelfNs));
        Assert.Equal([3, 1, 0, 0], rows.Select(r => r.Descendants));
    }

    [Fact]
    public void Overlapping_children_are_counted_once_and_what_lies_outside_the_parent_not_at_all()
    {
        var rows = Waterfall.Arrange([Span(1, null, 100, 100), Span(2, 1, 90, 60), Span(3, 1, 120, 60), Span(4, 1, 190, 50)]);

        Assert.Equal(10, rows[0].SelfNs);
        Assert.True(rows[1].StartsBeforeParent);
        Assert.True(rows[3].OutlastsParent);
    }

    [Fact]
    public void A_span_whose_parent_never_came_is_a_top_row_that_says_so()
    {
        var rows = Waterfall.Arrange([Span(1, null, 0, 10), Span(2, 99, 5, 10)]);

        Assert.Equal([false, true], rows.Select(r => r.ParentMissing));
        Assert.All(rows, r => Assert.Equal(0, r.Depth));
    }

    [Fact]
    public void Cycles_duplicates_and_self_parents_lose_no_span()
    {
        var rows = Waterfall.Arrange([Span(1, 2, 0, 10), Span(2, 1, 1, 10), Span(3, 3, 2, 10), Span(1, 2, 3, 10), Span(4, 1, 4, 10)]);

        Assert.Equal([0, 1, 2, 3, 4], rows.Select(r => r.Index).Order());
    }

    [Fact]
    public void A_chain_as_long_as_a_hostile_sender_likes_does_not_overflow_the_stack()
    {
        const int deep = 100_000;
        var rows = Waterfall.Arrange([.. Enumerable.Range(1, deep).Select(i => Span((ulong)i, i == 1 ? null : (ulong)i - 1, i, 10))]);

        Assert.Equal(deep - 1, rows[^1].Depth);
        Assert.Equal(deep - 1, rows[0].Descendants);
    }

    private static WaterfallSpan Span(ulong id, ulong? parent, long start, long duration) =>
        new(new SpanId(id), parent is { } p ? new SpanId(p) : null, start, duration);
}
