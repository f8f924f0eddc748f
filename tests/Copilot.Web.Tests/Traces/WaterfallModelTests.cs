using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;
using Copilot.Web.Api;
using Copilot.Web.Traces;
using Xunit;

namespace Copilot.Web.Tests.Traces;

public sealed class WaterfallModelTests
{
    private static readonly HashSet<SpanId> None = [];

    [Fact]
    public void Bars_lie_where_their_spans_were_in_the_trace()
    {
        var rows = Model(Span(1, null, 0, 100), Span(2, 1, 25, 50)).Rows(None);

        Assert.Equal([(0d, 100d, 0), (25d, 50d, 1)], rows.Select(row => (row.Left, row.Width, row.Depth)));
    }

    [Fact]
    public void A_folded_span_hides_what_is_below_it_and_says_that_something_failed_there()
    {
        var model = Model(Span(1, null, 0, 100), Span(2, 1, 10, 50), Span(3, 2, 20, 10, failed: true), Span(4, 1, 70, 10));

        var rows = model.Rows(new HashSet<SpanId> { new(2) });

        Assert.Equal([1ul, 2, 4], rows.Select(row => row.Span.SpanId.Value));
        Assert.True(rows[1].Collapsed);
        Assert.True(rows[1].FailureBelow);
        Assert.False(rows[2].FailureBelow);
        Assert.Equal(1, rows[1].Descendants);
    }

    [Fact]
    public void A_span_without_its_parent_is_shown_and_said_to_be()
    {
        var model = Model(Span(5, 99, 0, 10), Span(1, null, 5, 100));

        Assert.Equal(1ul, model.Root.SpanId.Value);
        Assert.True(Assert.Single(model.Rows(None), row => row.ParentMissing).Span.SpanId.Value == 5);
    }

    [Fact]
    public void Bars_stay_within_the_picture_whatever_the_clocks_say()
    {
        var rows = Model(Span(1, null, 50, 10), Span(2, 1, 0, 500), Span(3, 1, 499, 0)).Rows(None);

        Assert.All(rows, row => Assert.InRange(row.Left + row.Width, 0, 100.001));
        Assert.Contains(rows, row => row.OutsideParent);
    }

    [Fact]
    public void Parents_of_each_other_are_all_shown_once()
    {
        var rows = Model(Span(1, 2, 0, 10), Span(2, 1, 0, 10), Span(3, 3, 0, 10)).Rows(None);

        Assert.Equal((ulong[])[1, 2, 3], rows.Select(row => row.Span.SpanId.Value).Order());
    }

    [Fact]
    public void Ten_thousand_spans_in_one_chain_are_drawn()
    {
        var model = Model([.. Enumerable.Range(1, 10_000).Select(i => Span((ulong)i, i == 1 ? null : (ulong)(i - 1), i, 10_000 - i))]);

        Assert.Equal(9_999, model.Rows(None)[^1].Depth);
        Assert.Single(model.Rows(new HashSet<SpanId> { new(1) }));
    }

    [Fact]
    public void The_critical_path_lies_on_the_spans_that_were_waited_for()
    {
        var rows = Model(Span(1, null, 0, 100), Span(2, 1, 10, 80), Span(3, 1, 15, 20)).Rows(None);

        Assert.Equal([20d, 80, 0], rows.Select(row => row.CriticalMs));
        Assert.Equal([(10d, 80d)], rows[1].CriticalParts);
    }

    [Fact]
    public void The_api_tells_the_same_critical_path()
    {
        var spans = AssembledTrace.Of(MadeUpSpans.Trace(Span(1, null, 0, 100), Span(2, 1, 10, 80), Span(3, 1, 15, 20))).Spans;

        Assert.Equal([(20d, 20d), (80, 80), (0, 20)], spans.Select(span => (span.CriticalMs, span.SelfMs)));
    }

    private static WaterfallModel Model(params SpanDetail[] spans) => WaterfallModel.Of(MadeUpSpans.Trace(spans));

    private static SpanDetail Span(ulong id, ulong? parent, long startMs, long durationMs, bool failed = false) =>
        MadeUpSpans.Span(id, parent, $"op {id}", startMs, durationMs, failed);
}
