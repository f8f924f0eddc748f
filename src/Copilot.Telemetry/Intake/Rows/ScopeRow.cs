namespace Copilot.Telemetry.Intake.Rows;

/// <summary>The instrumentation that made the items of a batch.</summary>
public sealed record ScopeRow
{
    public required Guid Hash { get; init; }

    public required string Name { get; init; }

    /// <summary>Empty where the sender gave none.</summary>
    public string Version { get; init; } = "";

    /// <summary>A JSON object in the batch's arena, or absent.</summary>
    public TextSlice Attributes { get; init; }
}
