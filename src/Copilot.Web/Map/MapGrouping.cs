using Copilot.Ownership.Owners;

namespace Copilot.Web.Map;

/// <summary>What the map puts together.</summary>
public enum MapGroupKind
{
    /// <summary>The catalogue's system.</summary>
    System,

    /// <summary>Who owns it.</summary>
    Team,

    /// <summary>Those that call each other more than others, where no catalogue says better.</summary>
    Calls,
}

/// <summary>To which group each service and peer belongs.</summary>
public static class MapGrouping
{
    public const string NoSystem = "in no system";
    public const string NoOwner = "without an owner";

    /// <summary>Peers that services of several groups call.</summary>
    public const string Shared = "called by several, sends no spans";

    /// <summary>From so large a share of services on, what the catalogue says of them is worth grouping by.</summary>
    private const double Enough = 0.5;

    /// <summary>The kind that says something of most services.</summary>
    public static MapGroupKind Best(IReadOnlyCollection<string> services, OwnershipSnapshot owners, DateTimeOffset at)
    {
        if (services.Count(service => owners.EntityOf(service)?.System is not null) >= services.Count * Enough)
            return MapGroupKind.System;
        return services.Count(service => owners.OwnerOf(service, at).Team is not null) >= services.Count * Enough
            ? MapGroupKind.Team
            : MapGroupKind.Calls;
    }

    /// <summary>From each name to its group's.</summary>
    public static IReadOnlyDictionary<string, string> Of(SystemMap map, MapGroupKind kind, OwnershipSnapshot owners, DateTimeOffset at)
    {
        if (kind == MapGroupKind.Calls)
            return ByCalls(map);
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in map.Rows.Values.Where(row => !row.IsPeer))
            groups[row.Service] = Named(row.Service) ?? (kind == MapGroupKind.System ? NoSystem : NoOwner);
        foreach (var peer in map.Rows.Values.Where(row => row.IsPeer))
        {
            var callers = map.CallersOf(peer.Service).Select(caller => groups.GetValueOrDefault(caller)).Distinct().Take(2).ToArray();
            groups[peer.Service] = Named(peer.Service) ?? (callers is [{ } only] ? only : Shared);
        }

        return groups;

        string? Named(string name) => kind == MapGroupKind.Team ? owners.OwnerOf(name, at).Team : SystemOf(owners, name);
    }

    private static string? SystemOf(OwnershipSnapshot owners, string name) =>
        owners.EntityOf(name)?.System is { Length: > 0 } system ? system[(system.LastIndexOfAny([':', '/']) + 1)..] : null;

    /// <summary>A group is called after its member with the most neighbours.</summary>
    private static Dictionary<string, string> ByCalls(SystemMap map)
    {
        var names = map.Rows.Keys.Order(StringComparer.Ordinal).ToArray();
        var at = names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        var found = MapCommunities.Of(names.Length, map.Calls.Select(call => (at[call.Caller], at[call.Callee])));
        return names
            .Index()
            .GroupBy(name => Neighbours(name.Item) == 0 ? -1 : found[name.Index], name => name.Item)
            .SelectMany(group => group.Select(name => (name, Label: group.Key < 0 ? "calls nobody" : $"around {group.MaxBy(Neighbours)}")))
            .ToDictionary(entry => entry.name, entry => entry.Label, StringComparer.Ordinal);

        int Neighbours(string name) => map.CallersOf(name).Count + map.CalleesOf(name).Count;
    }
}
