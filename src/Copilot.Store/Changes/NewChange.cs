namespace Copilot.Store.Changes;

/// <summary>A change to a running system, as it is told.</summary>
public sealed record NewChange
{
    public required DateTimeOffset Time { get; init; }

    public required string Service { get; init; }

    /// <summary>deploy, rollback, flag, config, scale, …</summary>
    public required string Kind { get; init; }

    public string? Version { get; init; }

    public string? PreviousVersion { get; init; }

    public string Summary { get; init; } = "";

    public string? Author { get; init; }

    public string? Url { get; init; }

    /// <summary>Who told of it: <c>api</c>, <c>import</c>, or <c>service.version</c> (seen in telemetry).</summary>
    public required string Source { get; init; }

    /// <summary>Anything else, as a JSON object.</summary>
    public string? AttributesJson { get; init; }
}
