using System.Globalization;

namespace Copilot.Analysis.Reports;

/// <summary>What trouble is confined to, in words; whoever shows a cause shows these.</summary>
public static class PlaceWords
{
    private const int MostAlike = 2;

    private const int MostServices = 4;

    /// <summary>The condition by itself: <c>k8s.node.name = n7</c>.</summary>
    public static string Condition(this CausePlace place) => $"{place.Attribute} = {place.Value}";

    /// <summary>What is confined to it, with its figures, for a cause of that kind.</summary>
    public static string Claim(this CausePlace place, CauseKind kind)
    {
        var looked = place.IsSample ? " that were looked at" : "";
        var suffering = Text($"{place.Hits} of the {place.Count} {(place.Level == "span" ? "traces" : "requests")} with it{looked} {Suffer(kind)}");
        if (place.Kind == PlaceKind.Gone)
            return Text($"{place.Condition()} serves nothing any more: {place.Hits} of {place.Count} requests, {place.OtherHits} of {place.OtherCount} before{Alike(place)}");
        if (place.Kind == PlaceKind.BroughtIn)
            return Text($"All have {place.Condition()} now, none of the {place.OtherCount} before: {suffering}{Alike(place)}");
        var who = place.Services.Count > 0 ? $"{List(place.Services)} are all worse, only" : "Only";
        return Text($"{who} where {place.Condition()}: {suffering}, {place.OtherHits} of the {place.OtherCount} others{Alike(place)}");
    }

    /// <summary>What would confirm it.</summary>
    public static string Check(this CausePlace place, string service) => place.Kind switch
    {
        PlaceKind.Gone => $"Look whether {place.Condition()} still runs and is still sent requests: if it has left on purpose, it is not that.",
        PlaceKind.BroughtIn => $"Take {place.Condition()} back: if {service} recovers within minutes, it was that.",
        _ => $"Send requests of {service} with and without {place.Condition()}: if those without stay healthy, it is that.",
    };

    private static string Suffer(CauseKind kind) => kind switch
    {
        CauseKind.Errors => "fail",
        CauseKind.Change => "go another way",
        _ => "are slow",
    };

    private static string List(IReadOnlyList<string> services) => services.Count > MostServices
        ? $"{string.Join(", ", services.Take(MostServices))} and {services.Count - MostServices} more"
        : $"{string.Join(", ", services.SkipLast(1))} and {services[^1]}";

    private static string Alike(CausePlace place) =>
        place.Alike.Count == 0 ? "" : $" (the same ones have {string.Join(" and ", place.Alike.Take(MostAlike))})";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
