namespace Copilot.Web.Map;

/// <summary>Something to be placed.</summary>
public sealed record MapCell(string Key, double Radius);

/// <summary>How far things stand from each other.</summary>
/// <param name="Dense">Columns are filled whatever the step between two: for many that are more than their order.</param>
public readonly record struct MapSpacing(double Across, double Down, bool Dense = false);

public readonly record struct MapPoint(double X, double Y);

/// <summary>
/// Places things in columns so that calls run from left to right. Without chance and without figures of traffic: the same things and
/// calls stand where they stood.
/// </summary>
public static class MapLayers
{
    private const int LevelRounds = 80;
    private const int OrderRounds = 6;

    /// <summary>How much wider than high the whole becomes, about.</summary>
    private const double Aspect = 1.25;

    public static Dictionary<string, MapPoint> Place(
        IReadOnlyList<MapCell> cells,
        IEnumerable<(string From, string To)> links,
        MapSpacing spacing
    )
    {
        var sorted = cells.OrderBy(cell => cell.Key, StringComparer.Ordinal).ToArray();
        var at = sorted.Index().ToDictionary(cell => cell.Item.Key, cell => cell.Index, StringComparer.Ordinal);
        var pairs = links
            .Where(link => at.ContainsKey(link.From) && at.ContainsKey(link.To) && link.From != link.To)
            .Select(link => (From: at[link.From], To: at[link.To]))
            .Distinct()
            .ToArray();
        var columns = Columns(sorted, Levels(sorted.Length, pairs), spacing);
        Order(columns, sorted.Length, pairs);
        return Positions(sorted, columns, spacing);
    }

    /// <summary>So that of each call the callee stands one to the right of its caller, as nearly as all of them together allow.</summary>
    private static double[] Levels(int count, (int From, int To)[] pairs)
    {
        var levels = new double[count];
        var sums = new double[count];
        var links = new int[count];
        foreach (var (from, to) in pairs)
        {
            links[from]++;
            links[to]++;
        }

        for (var round = 0; round < LevelRounds; round++)
        {
            Array.Clear(sums);
            foreach (var (from, to) in pairs)
            {
                sums[from] += levels[to] - 1;
                sums[to] += levels[from] + 1;
            }

            // Half of the way: a pair that calls each other would swing for ever.
            for (var i = 0; i < count; i++)
                levels[i] = links[i] == 0 ? 0 : (levels[i] + (sums[i] / links[i])) / 2;
        }

        var linked = Enumerable.Range(0, count).Where(i => links[i] > 0).ToArray();
        var (least, most) = linked.Length == 0 ? (0, 0) : (linked.Min(i => levels[i]), linked.Max(i => levels[i]));
        // What nobody calls and calls nobody stands aside.
        for (var i = 0; i < count; i++)
            levels[i] = links[i] == 0 ? most - least + 1 : levels[i] - least;
        return levels;
    }

    private static List<List<int>> Columns(MapCell[] cells, double[] levels, MapSpacing spacing)
    {
        var area = cells.Sum(cell => ((2 * cell.Radius) + spacing.Across) * ((2 * cell.Radius) + spacing.Down));
        var highest = Math.Max(Math.Sqrt(area / Aspect), cells.Select(cell => 2 * cell.Radius).DefaultIfEmpty().Max());
        var columns = new List<List<int>>();
        var steps = Enumerable.Range(0, cells.Length).GroupBy(i => spacing.Dense ? 0 : (int)Math.Round(levels[i]));
        foreach (var level in steps.OrderBy(same => same.Key))
        {
            List<int> column = [];
            var height = 0.0;
            foreach (var i in level.OrderBy(i => levels[i]))
            {
                var needed = (2 * cells[i].Radius) + spacing.Down;
                if (column.Count > 0 && height + (needed / 2) > highest)
                {
                    columns.Add(column);
                    (column, height) = ([], 0);
                }

                column.Add(i);
                height += needed;
            }

            columns.Add(column);
        }

        return columns;
    }

    /// <summary>Each near the middle of those that it has to do with, so that lines cross less.</summary>
    private static void Order(List<List<int>> columns, int count, (int From, int To)[] pairs)
    {
        var neighbours = new List<int>[count];
        for (var i = 0; i < count; i++)
            neighbours[i] = [];
        foreach (var (from, to) in pairs)
        {
            neighbours[from].Add(to);
            neighbours[to].Add(from);
        }

        var share = new double[count];
        foreach (var column in columns)
            Share(column);
        for (var round = 0; round < OrderRounds; round++)
        {
            foreach (var column in round % 2 == 0 ? columns : Enumerable.Reverse(columns))
            {
                var middle = column.ToDictionary(i => i, i => neighbours[i].Count == 0 ? share[i] : neighbours[i].Average(n => share[n]));
                column.Sort((a, b) => middle[a] != middle[b] ? middle[a].CompareTo(middle[b]) : a.CompareTo(b));
                Share(column);
            }
        }

        void Share(List<int> column)
        {
            foreach (var (place, i) in column.Index())
                share[i] = (place + 0.5) / column.Count;
        }
    }

    private static Dictionary<string, MapPoint> Positions(MapCell[] cells, List<List<int>> columns, MapSpacing spacing)
    {
        var places = new Dictionary<string, MapPoint>(StringComparer.Ordinal);
        var left = 0.0;
        foreach (var column in columns)
        {
            var wide = column.Max(i => cells[i].Radius);
            var y = column.Sum(i => (2 * cells[i].Radius) + spacing.Down) / 2;
            foreach (var i in column)
            {
                y -= cells[i].Radius + (spacing.Down / 2);
                places[cells[i].Key] = new MapPoint(left + wide, y);
                y -= cells[i].Radius + (spacing.Down / 2);
            }

            left += (2 * wide) + spacing.Across;
        }

        return places;
    }
}
