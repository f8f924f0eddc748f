using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Reports;

/// <summary>
/// The one attribute value that trouble is confined to: a pod, a host, a region, a version, a tenant. Only what can hardly be chance is
/// told, after the correction for all the values that were looked at, and only where the others are as good as untouched.
/// </summary>
public sealed record CausePlace
{
    public required string Attribute { get; init; }

    public required string Value { get; init; }

    /// <summary><c>resource</c> or <c>span</c>.</summary>
    public required string Level { get; init; }

    /// <summary>The service whose spans carry the attribute: that of the cause, or one further up.</summary>
    public string Carrier { get; init; } = "";

    /// <summary>Requests (or, where a caller tells the value, traces) with the value that are concerned, of how many with it.</summary>
    public int Hits { get; init; }

    public int Count { get; init; }

    public PlaceKind Kind { get; init; }

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
