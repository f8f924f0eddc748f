using Copilot.Analysis.Health;

namespace Copilot.Analysis.Reports;

/// <summary>A service that is clearly worse and is the cause or calls it.</summary>
public sealed record AffectedItem
{
    public required string Service { get; init; }

    /// <summary><c>cause</c> or <c>affected</c>.</summary>
    public required string Role { get; init; }

    public required double Score { get; init; }

    public required HealthChange Health { get; init; }
}
