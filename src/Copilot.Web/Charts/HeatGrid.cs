using Copilot.Telemetry.Records;

namespace Copilot.Web.Charts;

/// <summary>How many requests took how long, stretch by stretch: columns are stretches of time, rows are durations.</summary>
public sealed record HeatGrid
{
    private static readonly double[] Round = [1, 2, 5];

    public required IReadOnlyList<DateTimeOffset> Times { get; init; }

    /// <summary>How long a column lasts.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>Milliseconds, round, ascending: row i is from its bound to the next one's. Empty where there were no requests.</summary>
    public required IReadOnlyList<double> BoundsMs { get; init; }

    /// <summary>Those that had requests.</summary>
    public required IReadOnlyList<HeatCell> Cells { get; init; }

    private long All => Cells.Sum(cell => cell.Requests);

    private long AllFailed => Cells.Sum(cell => cell.Failed);

    public int Rows => Math.Max(0, BoundsMs.Count - 1);

    public static HeatGrid Of(IReadOnlyList<HeatStep> steps, TimeSpan step)
    {
        var busy = steps.Where(at => !at.Durations.IsEmpty).Select(at => at.Durations).ToArray();
        var bounds =
            busy.Length == 0 ? [] : Bounds(busy.Min(own => own.Quantile(double.Epsilon)!.Value), busy.Max(own => own.Quantile(1)!.Value));
        var cells = new List<HeatCell>();
        foreach (var (column, at) in steps.Index())
        {
            for (var row = 0; row + 1 < bounds.Count; row++)
            {
                // Below the first bound and above the last lies nothing but what rounding of buckets put there.
                var (low, high) = (row == 0 ? -1 : Nanos(bounds[row]), row + 2 == bounds.Count ? long.MaxValue : Nanos(bounds[row + 1]));
                var count = at.Durations.CountAbove(low) - at.Durations.CountAbove(high);
                if (count > 0)
                    cells.Add(new HeatCell(column, row, count, at.Failed.CountAbove(low) - at.Failed.CountAbove(high)));
            }
        }

        return new HeatGrid
        {
            Times = [.. steps.Select(at => at.Time)],
            Step = step,
            BoundsMs = bounds,
            Cells = cells,
        };
    }

    /// <summary>What a rectangle of columns and rows holds; both ends belong to it.</summary>
    public HeatRegion Region(int fromColumn, int toColumn, int fromRow, int toRow)
    {
        (fromColumn, toColumn) = (Math.Clamp(fromColumn, 0, Times.Count - 1), Math.Clamp(toColumn, 0, Times.Count - 1));
        (fromRow, toRow) = (Math.Clamp(fromRow, 0, Rows - 1), Math.Clamp(toRow, 0, Rows - 1));
        var inside = Cells
            .Where(cell => cell.Column >= fromColumn && cell.Column <= toColumn && cell.Row >= fromRow && cell.Row <= toRow)
            .ToArray();
        return new HeatRegion(
            Times[fromColumn],
            Times[toColumn] + Step,
            BoundsMs[fromRow],
            toRow == Rows - 1 ? null : BoundsMs[toRow + 1],
            inside.Sum(cell => cell.Requests),
            inside.Sum(cell => cell.Failed),
            inside.Sum(cell => cell.Failed) is > 0 and var failed && failed * All >= AllFailed * inside.Sum(cell => cell.Requests)
        );
    }

    /// <summary>
    /// The slow and failed: where more failed than of all, and where nothing did, the slowest twentieth; from the first such column and
    /// row to the last. Null where nothing failed and all took about the same.
    /// </summary>
    public (int FromColumn, int ToColumn, int FromRow, int ToRow)? SlowAndFailed()
    {
        var (all, allFailed) = (All, AllFailed);
        var row = Rows - 1;
        for (long above = 0; row > 0; row--)
        {
            above += Cells.Where(cell => cell.Row == row).Sum(cell => cell.Requests);
            if (above * 20 >= all)
                break;
        }

        var failed = Cells.Where(cell => cell.Failed > 0 && cell.Failed * all >= allFailed * cell.Requests).ToArray();
        var worst = failed.Length > 0 ? failed : [.. Cells.Where(cell => cell.Row >= row)];
        if (worst.Length == 0 || (failed.Length == 0 && Rows < 2))
            return null;
        return (
            worst.Min(cell => cell.Column),
            worst.Max(cell => cell.Column),
            failed.Length > 0 ? failed.Min(cell => cell.Row) : row,
            failed.Length > 0 ? failed.Max(cell => cell.Row) : Rows - 1
        );
    }

    private static List<double> Bounds(long minNs, long maxNs)
    {
        var (least, most) = (Math.Max(minNs, 1) / 1e6, Math.Max(maxNs, 1) / 1e6);
        var bounds = new List<double>();
        for (var power = Math.Floor(Math.Log10(least)) - 1; ; power++)
        {
            foreach (var round in Round)
            {
                var bound = round * Math.Pow(10, power);
                if (bound <= least)
                    bounds.Clear();
                bounds.Add(bound);
                if (bound > most)
                    return bounds;
            }
        }
    }

    private static long Nanos(double ms) => (long)(ms * 1e6) - 1;
}

/// <param name="Durations">Of all requests of the stretch.</param>
/// <param name="Failed">Durations of those that failed.</param>
public sealed record HeatStep(DateTimeOffset Time, DurationHistogram Durations, DurationHistogram Failed);

/// <param name="Failed">Of the requests.</param>
public readonly record struct HeatCell(int Column, int Row, long Requests, long Failed);

/// <param name="ToMs">Null where there is no upper end.</param>
/// <param name="Fails">As large a share of it failed as of all, or a larger one.</param>
public sealed record HeatRegion(
    DateTimeOffset From,
    DateTimeOffset To,
    double FromMs,
    double? ToMs,
    long Requests,
    long Failed,
    bool Fails
);
