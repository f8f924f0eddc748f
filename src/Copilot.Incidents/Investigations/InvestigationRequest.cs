using Copilot.Telemetry.Time;

namespace Copilot.Incidents.Investigations;

/// <summary>What to look into.</summary>
public sealed record InvestigationRequest
{
    /// <summary>The bad window.</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>Known good windows; none: chosen as the contract's term "baseline" says.</summary>
    public IReadOnlyList<TimeWindow> Baselines { get; init; } = [];

    /// <summary>A TraceQL spanset filter: which spans count at all. Null: all.</summary>
    public string? Scope { get; init; }
}
