using Copilot.Store.Rollups;
using Copilot.Telemetry.Text;
using Copilot.Web.Services;

namespace Copilot.Web.Map;

/// <summary>What of the map a reader wants to see.</summary>
public sealed record MapView
{
    /// <summary>Only this one and what is near it.</summary>
    public string? Around { get; init; }

    public int Hops { get; init; } = 1;

    /// <summary>Groups whose members are all drawn.</summary>
    public IReadOnlySet<string> Open { get; init; } = new HashSet<string>();

    /// <summary>Drawn wherever they are: those on the path of a trouble.</summary>
    public IReadOnlySet<string> Path { get; init; } = new HashSet<string>();

    /// <summary>Calls of that path.</summary>
    public IReadOnlySet<(string Caller, string Callee)> PathCalls { get; init; } = new HashSet<(string, string)>();

    /// <summary>Up to so many are drawn one by one.</summary>
    public const int MostSingly = 80;

    /// <summary>Around a service, where what is left out is said.</summary>
    public const int MostAround = 120;

    /// <summary>Taken out of their groups, as something is wrong with them.</summary>
    public const int MostOut = 60;

    public const int MostLines = 150;

    /// <summary>One failure of twenty requests says little.</summary>
    public const double FewestFailed = 3;

    /// <summary>How much larger a mark is that nothing beside it needs the place of.</summary>
    private const double Alone = 3.2;

    private static readonly MapSpacing Single = new(9, 2.2);

    /// <param name="layout">Of the groups; not needed where everything is drawn singly.</param>
    public MapPicture Of(SystemMap map, Func<MapLayout> layout)
    {
        if (Around is { } name && map.Rows.ContainsKey(name))
            return Near(map, name);
        return map.Rows.Count <= MostSingly ? Singly(map, [.. map.Rows.Values], []) : Grouped(map, layout());
    }

    public static MapHealth HealthOf(ServiceRow row) =>
        row.Trouble is not null ? MapHealth.Trouble
        : row.ErrorRate >= ServiceList.Failing && row.ErrorRate * row.Requests >= FewestFailed - 0.5 ? MapHealth.Failing
        : row.Requests == 0 ? MapHealth.Silent
        : MapHealth.Well;

    private MapPicture Near(SystemMap map, string name)
    {
        var near = map.Around(name, Hops);
        var wanted = near.Keys.Concat(Path.Where(map.Rows.ContainsKey)).Distinct().Select(key => map.Rows[key]).ToArray();
        ServiceRow[] shown =
        [
            .. wanted
                .OrderByDescending(row => row.Service == name)
                .ThenByDescending(row => Path.Contains(row.Service))
                .ThenByDescending(row => HealthOf(row) >= MapHealth.Failing)
                .ThenBy(row => Math.Abs(near.GetValueOrDefault(row.Service)))
                .ThenByDescending(row => row.Requests)
                .ThenBy(row => row.Service, StringComparer.Ordinal)
                .Take(MostAround),
        ];
        var further = map.Rows.Count - wanted.Length;
        var hidden = new List<string>();
        if (further > 0)
            hidden.Add($"{Quantity.Count(further)} neither call {name} nor are called by it over {Hops} call{(Hops == 1 ? "" : "s")}.");
        if (wanted.Length > shown.Length)
            hidden.Add(
                $"{Quantity.Count(wanted.Length - shown.Length)} near it are left out: "
                    + $"{MostAround} are drawn, problems, near and busy first."
            );
        return Singly(map, shown, hidden);
    }

    private MapPicture Singly(SystemMap map, IReadOnlyList<ServiceRow> rows, IReadOnlyList<string> hidden)
    {
        var shown = rows.Select(row => row.Service).ToHashSet(StringComparer.Ordinal);
        var calls = map.Calls.Where(call => shown.Contains(call.Caller) && shown.Contains(call.Callee)).ToArray();
        var places = MapLayers.Place(
            [.. shown.Select(key => new MapCell(key, 1))],
            calls.Select(call => (call.Caller, call.Callee)),
            Single
        );
        var (lines, left) = Lines(calls.Select(call => (call.Caller, call.Callee, call)));
        return new MapPicture
        {
            Grouped = false,
            Marks = [.. rows.Select(row => Mark(row, places[row.Service], 1))],
            Lines = lines,
            Hidden = left == 0 ? hidden : [.. hidden, LeftOut(left)],
        };
    }

    private MapPicture Grouped(SystemMap map, MapLayout layout)
    {
        var wrong = map
            .Rows.Values.Where(row => HealthOf(row) >= MapHealth.Failing && !Path.Contains(row.Service))
            .OrderByDescending(HealthOf)
            .ThenByDescending(row => row.ErrorRate * row.Requests)
            .ThenBy(row => row.Service, StringComparer.Ordinal)
            .ToArray();
        var drawn = wrong
            .Take(MostOut)
            .Select(row => row.Service)
            .Concat(Path.Where(map.Rows.ContainsKey))
            .Concat(map.Rows.Keys.Where(key => Open.Contains(map.Groups[key])))
            .ToHashSet(StringComparer.Ordinal);
        var marks = new List<MapMark>();
        foreach (var group in map.Groups.GroupBy(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal))
        {
            var (middle, radius) = layout.Groups[group.Key];
            var health = group
                .Where(key => !drawn.Contains(key))
                .Select(key => HealthOf(map.Rows[key]))
                .DefaultIfEmpty(MapHealth.Well)
                .Max();
            var kind = group.Any(drawn.Contains) ? MapMarkKind.Opened : MapMarkKind.Group;
            var label = $"{group.Key} ({Quantity.Count(group.Count())})";
            marks.Add(new MapMark(MapMark.GroupKey(group.Key), label, kind, health, middle, radius, false));
        }

        marks.AddRange(
            drawn.Select(key => Mark(map.Rows[key], layout.Members[key], MapLayout.Mark * (Open.Contains(map.Groups[key]) ? 1 : Alone)))
        );
        var (lines, left) = Lines(
            map.Calls.Select(call => (Drawn(call.Caller), Drawn(call.Callee), call)).Where(line => !IsInside(line.Item1, line.Item2))
        );
        return new MapPicture
        {
            Grouped = true,
            Marks = marks,
            Lines = lines,
            Hidden = [.. Folded(map, drawn, wrong.Length), .. left == 0 ? [] : new[] { LeftOut(left) }],
        };

        string Drawn(string name) => drawn.Contains(name) ? name : MapMark.GroupKey(map.Groups[name]);

        bool IsInside(string from, string to) => from == to || GroupAt(from) == to || GroupAt(to) == from;

        string? GroupAt(string key) => map.Groups.TryGetValue(key, out var group) ? MapMark.GroupKey(group) : null;
    }

    private static IEnumerable<string> Folded(SystemMap map, HashSet<string> drawn, int wrong)
    {
        var folded = map.Rows.Count - drawn.Count;
        var more = Math.Max(0, wrong - MostOut);
        var groups = map.Groups.Values.Distinct(StringComparer.Ordinal).Count();
        if (folded > 0)
            yield return $"{Quantity.Count(folded - more)} of {Quantity.Count(map.Rows.Count)} are folded into "
                + $"{Quantity.Count(groups, "group", "groups")}, as nothing is wrong with them; so are the calls among them.";
        if (more > 0)
            yield return $"{Quantity.Count(more)} more fail and are folded too: the {MostOut} worst are drawn.";
    }

    private static string LeftOut(int lines) =>
        $"{Quantity.Count(lines, "line is", "lines are")} left out: {MostLines} are drawn, failing and busy ones first.";

    private MapMark Mark(ServiceRow row, MapPoint at, double radius) =>
        new(
            row.Service,
            row.Service,
            row.IsPeer ? MapMarkKind.Peer : MapMarkKind.Service,
            HealthOf(row),
            at,
            radius,
            row.Service == Around || Path.Contains(row.Service)
        );

    private (IReadOnlyList<MapLine> Lines, int LeftOut) Lines(IEnumerable<(string From, string To, CountedCalls Call)> calls)
    {
        var sums = calls
            .GroupBy(line => (line.From, line.To))
            .Select(same => new MapLine(
                same.Key.From,
                same.Key.To,
                same.Sum(line => line.Call.Calls),
                same.Sum(line => line.Call.Failed),
                0,
                same.Any(line => PathCalls.Contains((line.Call.Caller, line.Call.Callee)))
            ))
            .ToArray();
        var most = sums.Select(line => line.Calls).DefaultIfEmpty().Max();
        MapLine[] kept =
        [
            .. sums.OrderByDescending(line => line.Strong)
                .ThenByDescending(line => line.Fails)
                .ThenByDescending(line => line.Calls)
                .ThenBy(line => line.From, StringComparer.Ordinal)
                .ThenBy(line => line.To, StringComparer.Ordinal)
                .Take(MostLines)
                .Select(line => line with { Weight = MapLine.Share(line.Calls, most) }),
        ];
        return (kept, sums.Length - kept.Length);
    }
}
