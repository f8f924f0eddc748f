using System.Globalization;
using System.Text.Json.Serialization;
using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Reports;

/// <summary>
/// The one attribute value that trouble is confined to: a pod, a host, a region, a version, a tenant. Only what can hardly be chance is
/// told, after the correction for all the values that were looked at, and only where the others are as good as untouched.
/// </summary>
public sealed record CauseLocation
{
    public required string Attribute { get; init; }

    public required string Value { get; init; }

    public required AttributeLevel Level { get; init; }

    /// <summary>The service whose spans carry the attribute: that of the cause, or one further up.</summary>
    public string Carrier { get; init; } = "";

    /// <summary>Requests (or, where a caller tells the value, traces) with the value that are concerned, of how many with it.</summary>
    public int Hits { get; init; }

    public int Count { get; init; }

    public LocationKind Kind { get; init; }

    /// <summary>The same for those without the value.</summary>
    public int OtherHits { get; init; }

    public int OtherCount { get; init; }

    /// <summary>Not all requests were looked at; the figures are of those that were.</summary>
    public bool IsSample { get; init; }

    /// <summary>In standard deviations.</summary>
    public double Surprise { get; init; }

    /// <summary>Other values that just the same requests have: which of them it is cannot be told from here.</summary>
    public IReadOnlyList<string> Alike { get; init; } = [];

    /// <summary>Where several services suffer in this place and nowhere else: those services, the worst first. Else empty.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    public IReadOnlyList<TraceId> TraceIds { get; init; } = [];

    /// <summary>Of all that is concerned, the part that has the value.</summary>
    public double Share => (double)Hits / (Hits + OtherHits);
}

/// <summary>What says an attribute: the process that sends, or one span.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AttributeLevel>))]
public enum AttributeLevel
{
    [JsonStringEnumMemberName("resource")]
    Resource,

    [JsonStringEnumMemberName("span")]
    Span,
}

/// <summary>How a value goes with the trouble.</summary>
public enum LocationKind
{
    /// <summary>Requests with it suffer, the others as good as not.</summary>
    Confined,

    /// <summary>Nearly all requests have it, and nearly none before had it: somebody brought it in. The others are those before.</summary>
    BroughtIn,

    /// <summary>What served its share of the requests before serves none now. The others are those before; hits are what it
    /// serves.</summary>
    Gone,
}

/// <summary>What trouble is confined to, in words; whoever shows a cause shows these.</summary>
public static class LocationWords
{
    /// <summary>The condition by itself: <c>k8s.node.name = n7</c>.</summary>
    public static string Condition(this CauseLocation place) => $"{place.Attribute} = {place.Value}";

    /// <summary>What is confined to it, with its figures, for a cause of that kind.</summary>
    public static string Claim(this CauseLocation place, CauseKind kind)
    {
        var looked = place.IsSample ? " that were looked at" : "";
        var suffering =
            Text($"{place.Hits} of the {place.Count} {(place.Level == AttributeLevel.Span ? "traces" : "requests")} with ")
            + Text($"it{looked} {Suffer(kind)}");
        if (place.Kind == LocationKind.Gone)
            return Text($"{place.Condition()} serves nothing any more: {place.Hits} of {place.Count} requests, ")
                + Text($"{place.OtherHits} of {place.OtherCount} before{Alike(place)}");
        if (place.Kind == LocationKind.BroughtIn)
            return Text($"All have {place.Condition()} now, none of the {place.OtherCount} before: {suffering}{Alike(place)}");
        var who = place.Services.Count > 0 ? $"{List(place.Services)} are all worse, only" : "Only";
        return Text($"{who} where {place.Condition()}: {suffering}, {place.OtherHits} of the {place.OtherCount} others{Alike(place)}");
    }

    /// <summary>What would confirm it.</summary>
    public static string Check(this CauseLocation place, string service) =>
        place.Kind switch
        {
            LocationKind.Gone =>
                $"Look whether {place.Condition()} still runs and is still sent requests: if it has left on purpose, it is not that.",
            LocationKind.BroughtIn => $"Take {place.Condition()} back: if {service} recovers within minutes, it was that.",
            _ => $"Send requests of {service} with and without {place.Condition()}: if those without stay healthy, it is that.",
        };

    private static string Suffer(CauseKind kind) =>
        kind switch
        {
            CauseKind.Errors => "fail",
            CauseKind.Change => "go another way",
            _ => "are slow",
        };

    private static string List(IReadOnlyList<string> services) =>
        services.Count > TellingThresholds.MostServices
            ? $"{string.Join(", ", services.Take(TellingThresholds.MostServices))} and "
                + $"{services.Count - TellingThresholds.MostServices} more"
            : $"{string.Join(", ", services.SkipLast(1))} and {services[^1]}";

    private static string Alike(CauseLocation place) =>
        place.Alike.Count == 0 ? "" : $" (the same ones have {string.Join(" and ", place.Alike.Take(TellingThresholds.MostAlike))})";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
