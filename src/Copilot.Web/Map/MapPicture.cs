using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.Web.Services;

namespace Copilot.Web.Map;

/// <summary>What is drawn, and what is not, with the reason.</summary>
public sealed record MapPicture
{
    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required IReadOnlyList<MapMark> Marks { get; init; }

    public required IReadOnlyList<MapLine> Lines { get; init; }

    /// <summary>Groups are circles that hold their members; else everything is a mark of its own, of one size whatever the zoom.</summary>
    public required bool Grouped { get; init; }

    /// <summary>A sentence for each reason.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>For the script that draws it.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, Compact);
}

/// <param name="Key">A service's or peer's name; a group's has a sign before it that no name begins with.</param>
/// <param name="Radius">In the units of the places.</param>
/// <param name="Strong">What the page is about.</param>
public sealed record MapMark(string Key, string Label, MapMarkKind Kind, MapHealth Health, MapPoint At, double Radius, bool Strong)
{
    /// <summary>No service's name can begin with a control character: the intake takes them out.</summary>
    private const char GroupSign = '\u0001';

    public static string GroupKey(string group) => GroupSign + group;

    /// <summary>The group's name; null where it is no group.</summary>
    public static string? GroupOf(string key) => key.Length > 0 && key[0] == GroupSign ? key[1..] : null;
}

public enum MapMarkKind
{
    Service,

    /// <summary>Called, and sends no spans.</summary>
    Peer,

    /// <summary>All its members are in it.</summary>
    Group,

    /// <summary>A circle around members that are drawn.</summary>
    Opened,
}

/// <param name="Weight">0 to 1, by how many calls.</param>
/// <param name="Strong">On the path of what went wrong.</param>
public sealed record MapLine(string From, string To, long Calls, long Failed, double Weight, bool Strong)
{
    public bool Fails => Calls > 0 && Failed >= Calls * ServiceList.Failing;

    /// <summary>From each call to a width: ten times as many are as much wider everywhere.</summary>
    public static double Share(long calls, long most) => Math.Log(1 + calls) / Math.Log(2 + Math.Max(calls, most));
}
