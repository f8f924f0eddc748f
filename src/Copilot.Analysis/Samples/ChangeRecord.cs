namespace Copilot.Analysis.Samples;

/// <summary>A deploy, a flag flip, a configuration change.</summary>
public sealed record ChangeRecord
{
    public required DateTimeOffset Time { get; init; }

    public required string Service { get; init; }

    public required string Kind { get; init; }

    public string? Version { get; init; }

    public string? PreviousVersion { get; init; }

    public string Summary { get; init; } = "";

    public string? Author { get; init; }
}
