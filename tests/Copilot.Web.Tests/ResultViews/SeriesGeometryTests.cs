using Copilot.Answers.Contract;
using Copilot.Web.ResultViews.Figures;
using Xunit;

namespace Copilot.Web.Tests.ResultViews;

public sealed class SeriesGeometryTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void It_is_drawn_from_zero_to_a_round_number_above_the_peak()
    {
        var drawn = SeriesGeometry.Of(Points(0, 13, 4));

        Assert.Equal(20, drawn.Top);
        Assert.Equal(Start.AddMinutes(1), drawn.Peak.Time);
        Assert.Equal("M0 100 L500 35 L1000 80", drawn.Line);
    }

    [Fact]
    public void A_gap_stays_a_gap()
    {
        var drawn = SeriesGeometry.Of(Points(1, double.NaN, 1, 1));

        Assert.Equal(2, drawn.Line.Count(letter => letter == 'M'));
        Assert.Equal(2, drawn.Area.Count(letter => letter == 'Z'));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.3, 0.5)]
    [InlineData(1, 1)]
    [InlineData(5.1, 10)]
    [InlineData(double.NaN, 1)]
    public void The_scale_ends_at_one_two_or_five(double value, double expected) =>
        Assert.Equal(expected, SeriesGeometry.NiceCeiling(value), 9);

    [Fact]
    public void One_point_and_a_flat_zero_are_drawn_too()
    {
        Assert.Equal("M500 0", SeriesGeometry.Of(Points(1)).Line);
        Assert.Equal("M0 100 L1000 100", SeriesGeometry.Of(Points(0, 0)).Line);
    }

    private static List<SeriesPoint> Points(params double[] values) =>
        [.. values.Select((value, i) => new SeriesPoint(Start.AddMinutes(i), value))];
}
