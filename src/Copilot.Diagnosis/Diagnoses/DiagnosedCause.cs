using System.Globalization;
using System.Text.Json.Serialization;
using Copilot.Analysis.Reports;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Diagnosis.Diagnoses;

/// <summary>Where trouble starts. All text may come from telemetry and is never trusted.</summary>
public sealed record DiagnosedCause
{
    /// <summary>A service, or a peer by its catalogue name or address.</summary>
    public required string Service { get; init; }

    public string? Operation { get; init; }

    /// <summary>0 to 1: how much of the trouble starts here.</summary>
    public required double Score { get; init; }

    /// <summary>0 to 1: how likely it is the cause; null where that was not judged.</summary>
    public double? Confidence { get; init; }

    public required CauseKind Kind { get; init; }

    public required string Why { get; init; }

    /// <summary>Single claims with their figures.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>For a peer: the service whose calls show it.</summary>
    public string? SeenAt { get; init; }

    /// <summary>The database that its lost time is spent waiting for: the spans cannot tell the two ends apart.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WaitsFor { get; init; }

    /// <summary>The attribute value that the trouble is confined to, where it is; <see cref="Why"/> says so with the figures.</summary>
    public CauseAttribute? SetApart { get; init; }

    /// <summary>What goes with the trouble in time and place.</summary>
    [JsonConverter(typeof(KeptChange))]
    public Change? Change { get; init; }

    /// <summary>Error types and messages of the bad requests, most frequent first.</summary>
    public IReadOnlyList<string> ErrorTexts { get; init; } = [];

    /// <summary>Example traces, worst first.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>Resource attributes that tell where it runs: <c>k8s.namespace.name</c>, <c>k8s.deployment.name</c>, …</summary>
    public IReadOnlyDictionary<string, string> Resource { get; init; } = new Dictionary<string, string>();
}

/// <param name="Share">Of the bad requests, 0 to 1.</param>
/// <param name="Query">The TraceQL filter that finds the spans with it, where it is known.</param>
public sealed record CauseAttribute(string Key, string Value, double Share, string? Query = null);

/// <summary>"It is there" as a TraceQL filter: the spans that carry the value that trouble is confined to.</summary>
public static class LocationCondition
{
    public static string Of(CauseLocation place)
    {
        var attribute = $"{place.Level.Word()}.{Key(place.Attribute)}";
        var carrier = place.Services.Count > 0 ? "" : $"{ServiceCondition.Of(place.Carrier)} && ";
        return $"{{ {carrier}{Equal(attribute, place.Value)} }}";
    }

    /// <summary>A value is known as text; what looks like a number or a truth value may have been sent as one.</summary>
    private static string Equal(string attribute, string value)
    {
        var text = $"{attribute} = {ServiceCondition.Text(value)}";
        return value is "true" or "false" || long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? $"({attribute} = {value} || {text})"
            : text;
    }

    private static string Key(string key) =>
        key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_') ? key : ServiceCondition.Text(key);
}
