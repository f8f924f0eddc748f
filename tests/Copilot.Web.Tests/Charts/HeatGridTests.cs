using Copilot.Telemetry.Records;
using Copilot.Web.Charts;
using Xunit;

namespace Copilot.Web.Tests.Charts;

public sealed class HeatGridTests
{
    private static readonly DateTimeOffset From = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rows_are_round_durations_that_hold_every_request_once()
    {
        var grid = Grid(Step((3, false), (4, false), (7, false)), Step((180, true), (3, false)));
        Assert.Equal([2, 5, 10, 20, 50, 100, 200], grid.BoundsMs.Select(bound => Math.Round(bound, 6)));
        Assert.Equal(5, grid.Cells.Sum(cell => cell.Requests));
        Assert.Equal(new HeatCell(0, 0, 2, 0), grid.Cells[0]);
        Assert.Equal(new HeatCell(1, 5, 1, 1), grid.Cells[^1]);
    }

    [Fact]
    public void The_slow_and_failed_are_where_more_failed_than_of_all()
    {
        var fast = Enumerable.Repeat((3, false), 40).ToArray();
        var grid = Grid(Step(fast), Step([.. fast, (700, true), (800, true)]), Step([.. fast, (600, true)]), Step(fast));
        var (fromColumn, toColumn, fromRow, toRow) = grid.SlowAndFailed()!.Value;
        Assert.Equal((1, 2), (fromColumn, toColumn));
        var region = grid.Region(fromColumn, toColumn, fromRow, toRow);
        Assert.Equal((3L, 3L), (region.Requests, region.Failed));
        Assert.Equal((From.AddMinutes(1), From.AddMinutes(3)), (region.From, region.To));
        Assert.Equal(500, region.FromMs, 6);
        Assert.Null(region.ToMs);
    }

    [Fact]
    public void Without_requests_there_is_nothing_to_choose()
    {
        var grid = Grid(Step(), Step());
        Assert.Equal(0, grid.Rows);
        Assert.Null(grid.SlowAndFailed());
    }

    [Fact]
    public void A_rectangle_beyond_the_plot_ends_with_it()
    {
        var region = Grid(Step((3, false)), Step((30, false))).Region(-5, 99, -5, 99);
        Assert.Equal(2, region.Requests);
    }

    private static HeatGrid Grid(params (int Ms, bool Failed)[][] steps) =>
        HeatGrid.Of(
            [
                .. steps
                    .Index()
                    .Select(step => new HeatStep(From.AddMinutes(step.Index), Counted(step.Item), Counted(step.Item.Where(r => r.Failed)))),
            ],
            TimeSpan.FromMinutes(1)
        );

    private static (int Ms, bool Failed)[] Step(params (int Ms, bool Failed)[] requests) => requests;

    private static DurationHistogram Counted(IEnumerable<(int Ms, bool Failed)> requests)
    {
        var counted = new DurationHistogram();
        foreach (var (ms, _) in requests)
            counted.Add(ms * 1_000_000L);
        return counted;
    }
}
