using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Reports;

/// <summary>One measured fact, with traces that show it.</summary>
public sealed record CauseEvidence
{
    public required string Claim { get; init; }

    public required string Signal { get; init; }

    public double Before { get; init; }

    public double Now { get; init; }

    public string Unit { get; init; } = "";

    /// <summary>How surprising it is, in standard deviations.</summary>
    public double Surprise { get; init; }

    public IReadOnlyList<TraceId> TraceIds { get; init; } = [];
}
