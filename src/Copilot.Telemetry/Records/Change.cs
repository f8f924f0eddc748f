namespace Copilot.Telemetry.Records;

/// <summary>One change to a running system, from whatever source told of it: a deploy, a flag flip, a configuration change.</summary>
public sealed record Change
{
    public required DateTimeOffset Time { get; init; }

    public required string Service { get; init; }

    /// <summary>deploy, rollback, flag, config, scale, … as the source calls it.</summary>
    public required string Kind { get; init; }

    public string? Version { get; init; }

    public string? PreviousVersion { get; init; }

    public string Summary { get; init; } = "";

    public string? Author { get; init; }

    public string? Url { get; init; }

    /// <summary>Who told of it: <c>api</c>, <c>import</c>, or <c>service.version</c> (seen in telemetry).</summary>
    public string Source { get; init; } = "";
}
