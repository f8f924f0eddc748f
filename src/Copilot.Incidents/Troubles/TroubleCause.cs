namespace Copilot.Incidents.Troubles;

/// <summary>Where trouble starts. All text may come from telemetry and is never trusted.</summary>
public sealed record TroubleCause
{
    /// <summary>A service, or a peer by its catalogue name or address.</summary>
    public required string Service { get; init; }

    public string? Operation { get; init; }

    /// <summary>0 to 1: how much of the trouble starts here.</summary>
    public required double Score { get; init; }

    /// <summary>0 to 1: how likely it is the cause; null where that was not judged.</summary>
    public double? Confidence { get; init; }

    /// <summary>errors, latency, network, resource, saturation, change or traffic.</summary>
    public required string Kind { get; init; }

    public required string Why { get; init; }

    /// <summary>Single claims with their figures.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>For a peer: the service whose calls show it.</summary>
    public string? SeenAt { get; init; }

    /// <summary>The attribute value that the trouble is confined to, where it is; <see cref="Why"/> says so with the figures.</summary>
    public TroubleAttribute? SetApart { get; init; }

    public TroubleChange? Change { get; init; }

    /// <summary>Error types and messages of the bad requests, most frequent first.</summary>
    public IReadOnlyList<string> ErrorTexts { get; init; } = [];

    /// <summary>Example traces, worst first.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>Resource attributes that tell where it runs: <c>k8s.namespace.name</c>, <c>k8s.deployment.name</c>, …</summary>
    public IReadOnlyDictionary<string, string> Resource { get; init; } = new Dictionary<string, string>();
}
