namespace Copilot.Agent.Interpretation;

/// <summary>What the interpreter reads.</summary>
public sealed record InterpreterRequest
{
    public required string Question { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The turn before in the conversation; null where there is none.</summary>
    public PreviousTurn? Previous { get; init; }
}
