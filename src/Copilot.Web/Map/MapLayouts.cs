using System.Collections.Concurrent;

namespace Copilot.Web.Map;

/// <summary>Where everything stands: groups from left to right as they call each other, members inside of their group's circle.</summary>
/// <param name="Groups">Middle and radius of each group.</param>
/// <param name="Members">By name.</param>
public sealed record MapLayout(
    IReadOnlyDictionary<string, (MapPoint Middle, double Radius)> Groups,
    IReadOnlyDictionary<string, MapPoint> Members
)
{
    /// <summary>Of a member's mark, as large as leaves a gap to the next.</summary>
    public const double Mark = 0.75;

    private const double Apart = 1.8;
    private static readonly double GoldenAngle = Math.PI * (3 - Math.Sqrt(5));

    public static MapLayout Of(SystemMap map)
    {
        var members = map.Groups.GroupBy(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal).ToArray();
        var cells = members.Select(group => new MapCell(group.Key, Radius(group.Count()))).ToArray();
        var links = map.Calls.Select(call => (map.Groups[call.Caller], map.Groups[call.Callee]));
        var middles = MapLayers.Place(cells, links, new MapSpacing(6, 4, Dense: true));
        var places = new Dictionary<string, MapPoint>(StringComparer.Ordinal);
        foreach (var group in members)
        {
            // As seeds stand in a sunflower, the best connected in the middle.
            var inside = group
                .OrderByDescending(name => map.CallersOf(name).Count + map.CalleesOf(name).Count)
                .ThenBy(name => name, StringComparer.Ordinal);
            foreach (var (i, name) in inside.Index())
            {
                var (distance, angle) = (Apart * Math.Sqrt(i), i * GoldenAngle);
                var middle = middles[group.Key];
                places[name] = new MapPoint(middle.X + (distance * Math.Cos(angle)), middle.Y + (distance * Math.Sin(angle)));
            }
        }

        return new MapLayout(cells.ToDictionary(cell => cell.Key, cell => (middles[cell.Key], cell.Radius)), places);
    }

    /// <summary>Whether it has a place for everything on the map, in the same groups.</summary>
    public bool Fits(SystemMap map) => map.Groups.All(entry => Members.ContainsKey(entry.Key) && Groups.ContainsKey(entry.Value));

    private static double Radius(int members) => (Apart * Math.Sqrt(members)) + 1;
}

/// <summary>Keeps what was placed once: a map whose things moved with every reading could not be learned.</summary>
public sealed class MapLayouts
{
    private readonly ConcurrentDictionary<MapGroupKind, (MapLayout Layout, IReadOnlyDictionary<string, string> Groups)> _kept = new();

    /// <summary>The kept one while everything on the map was there and in its group; else a new one.</summary>
    public MapLayout For(MapGroupKind kind, SystemMap map)
    {
        if (
            _kept.TryGetValue(kind, out var kept)
            && kept.Layout.Fits(map)
            && map.Groups.All(entry => kept.Groups.GetValueOrDefault(entry.Key) == entry.Value)
        )
            return kept.Layout;
        var layout = MapLayout.Of(map);
        _kept[kind] = (layout, map.Groups);
        return layout;
    }
}
