namespace Copilot.Agent.Interpretation.Times;

/// <summary>The zones that people write behind clock times.</summary>
internal static class ZoneNames
{
    private static readonly Dictionary<string, double> Offsets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utc"] = 0, ["gmt"] = 0, ["z"] = 0, ["zulu"] = 0, ["wet"] = 0, ["west"] = 1, ["bst"] = 1, ["cet"] = 1, ["mez"] = 1, ["met"] = 1,
        ["cest"] = 2, ["mesz"] = 2, ["eet"] = 2, ["eest"] = 3, ["msk"] = 3, ["ist"] = 5.5, ["sgt"] = 8, ["hkt"] = 8, ["awst"] = 8,
        ["jst"] = 9, ["kst"] = 9, ["aest"] = 10, ["aedt"] = 11, ["nzst"] = 12, ["nzdt"] = 13, ["brt"] = -3, ["est"] = -5, ["edt"] = -4,
        ["cst"] = -6, ["cdt"] = -5, ["mst"] = -7, ["mdt"] = -6, ["pst"] = -8, ["pdt"] = -7,
    };

    private static readonly Dictionary<string, string> Places = new(StringComparer.OrdinalIgnoreCase)
    {
        ["berlin"] = "Europe/Berlin", ["paris"] = "Europe/Paris", ["london"] = "Europe/London", ["zurich"] = "Europe/Zurich",
        ["madrid"] = "Europe/Madrid", ["vienna"] = "Europe/Vienna", ["tokyo"] = "Asia/Tokyo", ["sydney"] = "Australia/Sydney",
        ["mumbai"] = "Asia/Kolkata", ["delhi"] = "Asia/Kolkata", ["bangalore"] = "Asia/Kolkata", ["beijing"] = "Asia/Shanghai", ["munich"] = "Europe/Berlin", ["frankfurt"] = "Europe/Berlin", ["hamburg"] = "Europe/Berlin",
        ["san francisco"] = "America/Los_Angeles", ["seattle"] = "America/Los_Angeles", ["boston"] = "America/New_York", ["washington"] = "America/New_York", ["nyc"] = "America/New_York",
        ["et"] = "America/New_York", ["ct"] = "America/Chicago", ["mt"] = "America/Denver", ["pt"] = "America/Los_Angeles",
        ["eastern"] = "America/New_York", ["pacific"] = "America/Los_Angeles", ["central"] = "America/Chicago",
    };

    private static readonly string[] Areas = ["Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian"];

    /// <summary>The zone of an abbreviation.</summary>
    public static TimeZoneInfo? Of(string name)
    {
        if (Offsets.TryGetValue(name, out var hours))
            return hours == 0 ? TimeZoneInfo.Utc : Fixed(TimeSpan.FromHours(hours));
        return name.Length == 2 ? Place(name) : null;
    }

    /// <summary>The zone of a place, as in "Berlin time", "New York time": one of those above, or a city of the zone database.</summary>
    public static TimeZoneInfo? Place(string name)
    {
        if (Places.TryGetValue(name, out var known))
            return TimeZoneInfo.TryFindSystemTimeZoneById(known, out var place) ? place : null;
        // Asked for one by one: reading the whole database takes most of a second.
        var city = string.Join('_', name.ToLowerInvariant().Split(' ').Select(word => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
        foreach (var area in Areas)
        {
            if (city.Length > 2 && TimeZoneInfo.TryFindSystemTimeZoneById($"{area}/{city}", out var zone)) return zone;
        }

        return null;
    }

    /// <summary>An IANA name that came apart into two words.</summary>
    public static TimeZoneInfo? Iana(string area, string place) =>
        area.Length > 2 && char.IsUpper(area[0]) && TimeZoneInfo.TryFindSystemTimeZoneById($"{area}/{place}", out var zone) ? zone : null;

    private static TimeZoneInfo Fixed(TimeSpan offset)
    {
        var name = $"UTC{offset.Hours:+00;-00}:{Math.Abs(offset.Minutes):00}";
        return TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
    }
}
